using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lambray.Daemon.Sending;

/// <summary>Finds again in a body what the service could not process: for the log only, so by text and not by structure.</summary>
static partial class SentDocuments
{
    /// <summary>The document with this id; null when it is not to be seen, as in one that is written with spaces.</summary>
    public static string? Find(ReadOnlyMemory<byte> body, string id)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("TraceSegmentDocuments").EnumerateArray()
            .Select(document => document.GetString()!)
            .FirstOrDefault(document => FirstId().Match(document) is { Success: true } match && match.Groups["id"].Value == id);
    }

    public static string? TraceId(string document) => FirstTraceId().Match(document) is { Success: true } match ? match.Groups["id"].Value : null;

    [GeneratedRegex("""
        "id":"(?<id>.*?)"
        """)]
    private static partial Regex FirstId();

    [GeneratedRegex("""
        "trace_id":"(?<id>.*?)"
        """)]
    private static partial Regex FirstTraceId();
}
