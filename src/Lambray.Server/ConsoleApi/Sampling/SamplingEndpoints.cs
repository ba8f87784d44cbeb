using System.Text.Json.Serialization;
using Lambray.Tracing.Sampling;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Sampling;

/// <summary>The page of sampling rules.</summary>
static class SamplingEndpoints
{
    const string Rule = "/sampling-rules/{name}";

    public static void MapSampling(this IEndpointRouteBuilder api)
    {
        api.MapGet("/sampling-rules", List);
        api.MapPost("/sampling-rules", Create);
        api.MapPut(Rule, Update);
        api.MapDelete(Rule, Delete);
    }

    static SamplingRuleList List([FromServices] SamplingRules rules, [FromServices] SamplingTargets targets)
    {
        var statistics = targets.Statistics(after: null, int.MaxValue).ToLookup(summary => summary.RuleName);
        return new SamplingRuleList([.. rules.All.Select(record => SamplingRuleItem.Of(record, statistics[record.Rule.RuleName]))]);
    }

    static async Task<SamplingRuleItem> Create([FromBody] SamplingRuleAsked asked, [FromServices] SamplingRules rules) =>
        SamplingRuleItem.Of(await rules.CreateAsync(asked.Change(new SamplingRule(asked.Name ?? "", 1, 0, 0)), []), []);

    static async Task<SamplingRuleItem> Update(string name, [FromBody] SamplingRuleAsked asked, [FromServices] SamplingRules rules) =>
        SamplingRuleItem.Of(await rules.UpdateAsync(name, asked.Change), []);

    static async Task<NoContent> Delete(string name, [FromServices] SamplingRules rules)
    {
        await rules.DeleteAsync(name);
        return TypedResults.NoContent();
    }
}

/// <summary>The rules in the order in which SDKs try them.</summary>
sealed record SamplingRuleList(IReadOnlyList<SamplingRuleItem> Rules);

/// <summary>A sampling rule, and what was sampled by it in the last hour.</summary>
/// <param name="ReservoirSize">Requests per second that are always sampled, over all clients.</param>
/// <param name="FixedRate">The fraction of the others, 0 to 1.</param>
/// <param name="IsDefault">The rule for what is left, which cannot be deleted.</param>
/// <param name="RequestCount">Requests that SDKs matched with it.</param>
/// <param name="BorrowCount">Requests sampled before a client had its share of the reservoir.</param>
sealed record SamplingRuleItem(
    string Name, bool IsDefault, int Priority, int ReservoirSize, double FixedRate, string ServiceName, string ServiceType, string Host, string HttpMethod, string UrlPath,
    string ResourceArn, IReadOnlyDictionary<string, string> Attributes, double? BoostMaxRate, int? BoostCooldownMinutes, EpochMicroseconds ModifiedAt,
    long RequestCount, long SampledCount, long BorrowCount, IReadOnlyList<SamplingWindow> Windows)
{
    public static SamplingRuleItem Of(SamplingRuleRecord record, IEnumerable<SamplingStatisticSummary> windows)
    {
        var (rule, told) = (record.Rule, windows.ToList());
        return new SamplingRuleItem(
            rule.RuleName, rule.RuleName == SamplingRule.DefaultName, rule.Priority, rule.ReservoirSize, rule.FixedRate, rule.ServiceName, rule.ServiceType, rule.Host,
            rule.HttpMethod, rule.UrlPath, rule.ResourceArn, rule.Attributes, rule.RateBoost?.MaxRate, rule.RateBoost?.CooldownWindowMinutes, record.ModifiedAt,
            told.Sum(window => (long)window.RequestCount), told.Sum(window => (long)window.SampledCount), told.Sum(window => (long)window.BorrowCount),
            [.. told.Select(window => new SamplingWindow(window.Timestamp, window.RequestCount, window.SampledCount))]);
    }
}

/// <summary>Ten seconds of a rule.</summary>
sealed record SamplingWindow(EpochMicroseconds Time, int RequestCount, int SampledCount);

/// <summary>A rule as a page wants it; null leaves what is there.</summary>
/// <param name="BoostMaxRate">With it and the cooldown the rate may rise while a service sees anomalies.</param>
sealed record SamplingRuleAsked(
    string? Name, int? Priority, int? ReservoirSize, double? FixedRate, string? ServiceName, string? ServiceType, string? Host, string? HttpMethod, string? UrlPath,
    string? ResourceArn, IReadOnlyDictionary<string, string>? Attributes, double? BoostMaxRate, int? BoostCooldownMinutes)
{
    public SamplingRule Change(SamplingRule rule) => rule with
    {
        Priority = Priority ?? rule.Priority,
        ReservoirSize = ReservoirSize ?? rule.ReservoirSize,
        FixedRate = FixedRate ?? rule.FixedRate,
        ServiceName = ServiceName ?? rule.ServiceName,
        ServiceType = ServiceType ?? rule.ServiceType,
        Host = Host ?? rule.Host,
        HttpMethod = HttpMethod ?? rule.HttpMethod,
        UrlPath = UrlPath ?? rule.UrlPath,
        ResourceArn = ResourceArn ?? rule.ResourceArn,
        Attributes = Attributes ?? rule.Attributes,
        RateBoost = BoostMaxRate is { } rate ? new SamplingRateBoost(rate, BoostCooldownMinutes ?? 0) : rule.RateBoost,
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SamplingRuleList))]
[JsonSerializable(typeof(SamplingRuleAsked))]
sealed partial class SamplingPageJson : JsonSerializerContext;
