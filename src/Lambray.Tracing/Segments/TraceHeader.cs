using System.Text;

namespace Lambray.Tracing.Segments;

/// <summary>Whether a request is recorded, as the <c>Sampled</c> key of a trace header says.</summary>
public enum SamplingDecision
{
    /// <summary>No <c>Sampled</c> key, or a value that decides nothing.</summary>
    Undecided,
    Sampled,
    NotSampled,

    /// <summary><c>Sampled=?</c>: the caller asks the callee to decide and to tell it.</summary>
    Requested,
}

/// <summary>The value of an <c>X-Amzn-Trace-Id</c> header: which trace a request belongs to, who called, and whether it is recorded.</summary>
/// <param name="Extras">Pairs that are not ours to read (<c>Lineage</c>, <c>Self</c>, unknown keys), passed on as they came.</param>
public sealed record TraceHeader(TraceId? Root, SegmentId? Parent, SamplingDecision Sampled, string Extras = "")
{
    public const string Name = "X-Amzn-Trace-Id";

    /// <summary>Reads a header as tolerantly as AWS does: any order, spaces around pairs, percent-encoding (boto3 sends it), malformed parts ignored.</summary>
    public static TraceHeader Parse(string? value)
    {
        TraceId? root = null;
        SegmentId? parent = null;
        var sampled = SamplingDecision.Undecided;
        var extras = new StringBuilder();
        foreach (var pair in Decode(value).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = pair.IndexOf('=');
            var (key, text) = equals < 0 ? (pair, "") : (pair[..equals].TrimEnd(), pair[(equals + 1)..].TrimStart());
            if (key.Equals("Root", StringComparison.OrdinalIgnoreCase)) root = TraceId.TryParse(text, out var id) ? id : root;
            else if (key.Equals("Parent", StringComparison.OrdinalIgnoreCase)) parent = SegmentId.TryParse(text, out var id) ? id : parent;
            else if (key.Equals("Sampled", StringComparison.OrdinalIgnoreCase)) sampled = Decision(text);
            else if (equals > 0) extras.Append(extras.Length > 0 ? ";" : "").Append(pair);
        }
        return new TraceHeader(root, parent, sampled, extras.ToString());
    }

    /// <summary>The canonical spelling, which the SDKs that compare key names exactly can read.</summary>
    public override string ToString()
    {
        var pairs = new List<string>(4);
        if (Root is { } root) pairs.Add($"Root={root}");
        if (Parent is { } parent) pairs.Add($"Parent={parent}");
        if (Sampled != SamplingDecision.Undecided) pairs.Add($"Sampled={Symbol(Sampled)}");
        if (Extras.Length > 0) pairs.Add(Extras);
        return string.Join(';', pairs);
    }

    static string Decode(string? value) => value is null ? "" : value.Contains('%') ? Uri.UnescapeDataString(value) : value;

    static SamplingDecision Decision(string text) => text switch
    {
        "1" => SamplingDecision.Sampled,
        "0" => SamplingDecision.NotSampled,
        "?" => SamplingDecision.Requested,
        _ => SamplingDecision.Undecided,
    };

    static char Symbol(SamplingDecision decision) => decision switch
    {
        SamplingDecision.Sampled => '1',
        SamplingDecision.NotSampled => '0',
        _ => '?',
    };
}
