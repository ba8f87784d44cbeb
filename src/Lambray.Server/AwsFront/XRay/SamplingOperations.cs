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
        await XRayWire.ReadAsync(http, XRayJson.Default.GetSamplingRulesRequest);
        var home = http.RequestServices.GetRequiredService<AwsHome>();
        var rules = http.RequestServices.GetRequiredService<SamplingRules>();
        await XRayWire.WriteAsync(
            http, new GetSamplingRulesAnswer([.. rules.All.Select(rule => SamplingRuleRecordWire.Of(rule, home, rules.ModifiedAt))]),
            XRayJson.Default.GetSamplingRulesAnswer);
    }

    public static async Task GetSamplingTargets(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, XRayJson.Default.GetSamplingTargetsRequest);
        var documents = XRayWire.Required(request.SamplingStatisticsDocuments, nameof(request.SamplingStatisticsDocuments));
        if (documents.Count > DocumentsMax) throw XRayWire.InvalidRequest($"SamplingStatisticsDocuments takes at most {DocumentsMax} documents.");
        var rules = http.RequestServices.GetRequiredService<SamplingRules>();
        var shares = http.RequestServices.GetRequiredService<ReservoirShares>();
        var quotaEnds = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() + QuotaLasts;
        var targets = new List<SamplingTargetWire>();
        var unprocessed = new List<UnprocessedStatisticsWire>();
        foreach (var document in documents)
        {
            if (document is not { RuleName: { } name, ClientID: { } client }) throw XRayWire.InvalidRequest("Each statistics document needs RuleName and ClientID.");
            if (rules.Find(name) is not { } rule) unprocessed.Add(new UnprocessedStatisticsWire(name, "ResourceNotFoundException", $"There is no sampling rule {name}."));
            else targets.Add(new SamplingTargetWire(name, rule.FixedRate, shares.Claim(rule, client), quotaEnds.ToUnixTimeSeconds(), ReportIntervalSeconds));
        }
        await XRayWire.WriteAsync(
            http, new GetSamplingTargetsAnswer(targets, rules.ModifiedAt.ToUnixTimeSeconds(), unprocessed), XRayJson.Default.GetSamplingTargetsAnswer);
    }
}
