using System.Globalization;
using Lambray.Aws;
using Lambray.Tracing.Sampling;

namespace Lambray.Server.AwsFront.XRay.Sampling;

/// <summary>What SDKs tell every ten seconds, what they get for it, and what it adds up to.</summary>
static class SamplingTargetOperations
{
    const int DocumentsMax = 25;
    const int SummariesPerPage = 500;
    const string SummaryList = "sampling-statistics";

    public static async Task GetSamplingTargets(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, SamplingJson.Wire.GetSamplingTargetsRequest);
        var reports = Documents(
            XRayWire.Required(request.SamplingStatisticsDocuments, nameof(request.SamplingStatisticsDocuments)), nameof(request.SamplingStatisticsDocuments));
        var anomalies = Documents(request.SamplingBoostStatisticsDocuments ?? [], nameof(request.SamplingBoostStatisticsDocuments));
        var answer = http.RequestServices.GetRequiredService<SamplingTargets>().Take(
            [.. reports.Select(report => report.ToReport())], [.. anomalies.Select(report => report.ToReport())]);
        await XRayWire.WriteAsync(http, GetSamplingTargetsAnswer.Of(answer), SamplingJson.Wire.GetSamplingTargetsAnswer);
    }

    public static async Task GetSamplingStatisticSummaries(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, SamplingJson.Wire.GetSamplingStatisticSummariesRequest);
        var page = http.RequestServices.GetRequiredService<SamplingTargets>().Statistics(ReadToken(request.NextToken), SummariesPerPage);
        var answer = new GetSamplingStatisticSummariesAnswer(
            [.. page.Select(SamplingStatisticSummaryWire.Of)], page.Count == SummariesPerPage ? WriteToken(page[^1]) : null);
        await XRayWire.WriteAsync(http, answer, SamplingJson.Wire.GetSamplingStatisticSummariesAnswer);
    }

    static List<T> Documents<T>(List<T?> documents, string field) where T : class =>
        documents.Count <= DocumentsMax && !documents.Contains(null)
            ? [.. documents.OfType<T>()]
            : throw XRayWire.InvalidRequest($"{field} takes at most {DocumentsMax} documents, none of them null.");

    static string WriteToken(SamplingStatisticSummary last) =>
        OpaqueToken.Write(SummaryList, string.Create(CultureInfo.InvariantCulture, $"{last.Timestamp.ToUnixTimeSeconds()}/{last.RuleName}"));

    /// <exception cref="AwsException">InvalidRequestException for a token that we did not write.</exception>
    static (DateTimeOffset Window, string Rule)? ReadToken(string? token)
    {
        if (OpaqueToken.Read(SummaryList, token) is not { } place) return null;
        return place.Split('/', 2) is [var time, var rule] && uint.TryParse(time, CultureInfo.InvariantCulture, out var seconds)
            ? (DateTimeOffset.FromUnixTimeSeconds(seconds), rule)
            : throw OpaqueToken.Unknown();
    }
}
