using Lambray.Tracing.Segments;

namespace Lambray.Server.AwsFront;

/// <summary>The trace header of a request, for what goes on from it later: records, events, changes of items.</summary>
static class SentTrace
{
    /// <returns>As it was sent; null where it names no trace.</returns>
    public static string? Of(HttpContext http) => http.Request.Headers[TraceHeader.Name] is [{ } header] && TraceHeader.Parse(header).Root is not null ? header : null;
}
