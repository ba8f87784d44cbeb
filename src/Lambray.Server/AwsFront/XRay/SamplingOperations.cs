using Lambray.Aws;
using Lambray.Tracing.Sampling;

namespace Lambray.Server.AwsFront.XRay;

/// <summary>How SDKs learn what to sample: the rules, and every ten seconds each client's share of the reservoirs.</summary>
static class SamplingOperations
{
    const int DocumentsMax = 25;
    const int ReportIntervalSeconds = 10;
    static readonly TimeSpan QuotaLasts = TimeSpan.FromMinutes(5);

    public static async Task GetSamplingRules(HttpContext http)
    {
        await XRayWire.ReadAsync(http, XRayJson.Wire.GetSamplingRulesRequest);
        var home = http.RequestServices.GetRequiredService<AwsHome>();
        var rules = http.RequestServices.GetRequiredService<SamplingRules>();
        await XRayWire.WriteAsync(
            http, new GetSamplingRulesAnswer([.. rules.All.Select(rule => SamplingRuleRecordWire.Of(rule, home, rules.ModifiedAt))]),
            XRayJson.Wire.GetSamplingRulesAnswer);
    }

    public static async Task GetSamplingTargets(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, XRayJson.Wire.GetSamplingTargetsRequest);
        var documents = XRayWire.Required(request.SamplingStatisticsDocuments, nameof(request.SamplingStatisticsDocuments));
        if (documents.Count > DocumentsMax || documents.Any(document => document is not { RuleName: not null, ClientID: not null }))
            throw XRayWire.InvalidRequest($"SamplingStatisticsDocuments takes at most {DocumentsMax} documents, each with RuleName and ClientID.");
        var answer = Targets(
            [.. documents.Select(document => (document!.RuleName!, document.ClientID!))],
            http.RequestServices.GetRequiredService<SamplingRules>(),
            http.RequestServices.GetRequiredService<ReservoirShares>(),
            http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() + QuotaLasts);
        await XRayWire.WriteAsync(http, answer, XRayJson.Wire.GetSamplingTargetsAnswer);
    }

    static GetSamplingTargetsAnswer Targets(
        IReadOnlyList<(string Rule, string Client)> reports, SamplingRules rules, ReservoirShares shares, DateTimeOffset quotaEnds)
    {
        var targets = new List<SamplingTargetWire>();
        var unprocessed = new List<UnprocessedStatisticsWire>();
        foreach (var (name, client) in reports)
        {
            if (rules.Find(name) is { } rule)
                targets.Add(new(name, rule.FixedRate, shares.Claim(rule, client), quotaEnds.ToUnixTimeSeconds(), ReportIntervalSeconds));
            else
                unprocessed.Add(new(name, "ResourceNotFoundException", $"There is no sampling rule {name}."));
        }
        return new GetSamplingTargetsAnswer(targets, rules.ModifiedAt.ToUnixTimeSeconds(), unprocessed);
    }
}
