using System.Globalization;
using Lambray.Aws;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.AwsFront.XRay.Retrieval;

/// <summary>One page of retrieved traces: five of them, of each a hundred documents; a trace that has more goes on on the next page.</summary>
sealed record RetrievedPage(IReadOnlyList<RetrievedTraceWire> Traces, string? NextToken)
{
    const int TracesMax = 5;
    const int SpansMax = 100;
    const string List = "retrieved-traces";

    /// <exception cref="AwsException">InvalidRequestException for a token that we did not write.</exception>
    public static async Task<RetrievedPage> ReadAsync(IReadOnlyList<TraceId> found, StoredTraces traces, string format, string? token)
    {
        var (trace, span) = ReadToken(token);
        var page = new List<RetrievedTraceWire>();
        while (trace < found.Count && page.Count < TracesMax)
        {
            var id = found[trace];
            // One whose time to be kept has passed meanwhile is not there any more.
            if (await traces.FindAsync(id) is not { } stored)
            {
                (trace, span) = (trace + 1, 0);
                continue;
            }
            var spans = RetrievedSpans.Of(stored, format).Skip(span).Take(SpansMax + 1).ToList();
            page.Add(new RetrievedTraceWire(id.ToString(), stored.Duration, [.. spans.Take(SpansMax)]));
            // The same trace twice on one page would be two traces to whoever reads it.
            if (spans.Count > SpansMax) return new RetrievedPage(page, WriteToken(trace, span + SpansMax));
            (trace, span) = (trace + 1, 0);
        }
        return new RetrievedPage(page, trace < found.Count ? WriteToken(trace, 0) : null);
    }

    static string WriteToken(int trace, int span) => OpaqueToken.Write(List, string.Create(CultureInfo.InvariantCulture, $"{trace}/{span}"));

    static (int Trace, int Span) ReadToken(string? token)
    {
        if (OpaqueToken.Read(List, token) is not { } place) return (0, 0);
        return place.Split('/') is [var trace, var span]
            && ushort.TryParse(trace, CultureInfo.InvariantCulture, out var traceNumber) && uint.TryParse(span, CultureInfo.InvariantCulture, out var spanNumber)
            && spanNumber <= int.MaxValue
            ? (traceNumber, (int)spanNumber)
            : throw OpaqueToken.Unknown();
    }
}
