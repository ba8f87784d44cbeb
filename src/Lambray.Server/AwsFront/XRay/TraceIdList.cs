using Lambray.Aws;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.AwsFront.XRay;

/// <summary>The traces that a request names, found or not.</summary>
sealed record TraceIdList(IReadOnlyList<Trace> Found, IReadOnlyList<string> Unprocessed)
{
    // "BatchGetTraces" in the X-Ray API reference.
    const int IdsMax = 5;

    /// <exception cref="AwsException">InvalidRequestException when there is none or too many.</exception>
    public static async Task<TraceIdList> FindAsync(IReadOnlyList<string?>? ids, StoredTraces traces)
    {
        if (ids is not { Count: > 0 and <= IdsMax }) throw XRayWire.InvalidRequest($"TraceIds takes 1 to {IdsMax} ids, not {ids?.Count ?? 0}.");
        var found = new List<Trace>();
        var unprocessed = new List<string>();
        foreach (var text in ids.OfType<string>().Distinct())
        {
            var trace = TraceId.TryParse(text, out var id) ? await traces.FindAsync(id) : null;
            // Subsegments alone are no trace yet: X-Ray shows none before a segment has come.
            if (trace?.Root is null) unprocessed.Add(text);
            else found.Add(trace);
        }
        return new TraceIdList(found, unprocessed);
    }
}
