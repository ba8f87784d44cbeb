using System.Text.Json;

namespace Lambray.Tracing.Segments;

/// <summary>What segments and subsegments have in common: a named piece of work with its times, its outcome and what it tells of itself.</summary>
/// <remarks>Field by field as "AWS X-Ray segment documents" in the X-Ray Developer Guide; fields outside that schema are dropped when a document is read.</remarks>
public abstract record SegmentEntity
{
    /// <summary>At most 200 characters.</summary>
    public required string Name { get; init; }

    public required SegmentId Id { get; init; }

    public required SegmentTime StartTime { get; init; }

    /// <summary>Null while the work is in progress.</summary>
    public SegmentTime? EndTime { get; init; }

    public bool InProgress => EndTime is null;

    /// <summary>The subsegment or segment upstream; inside a tree the embedding already says it.</summary>
    public SegmentId? ParentId { get; init; }

    public HttpCall? Http { get; init; }

    /// <summary>The <c>aws</c> block as it was sent; its keys differ by service and SDK.</summary>
    public JsonElement? Aws { get; init; }

    /// <summary>The caller's mistake (HTTP 4xx).</summary>
    public bool Error { get; init; }

    /// <summary>Refused for load (HTTP 429).</summary>
    public bool Throttle { get; init; }

    /// <summary>The server's failure (HTTP 5xx, or an exception).</summary>
    public bool Fault { get; init; }

    public Cause? Cause { get; init; }

    /// <summary>Indexed key and value pairs; at most 50 per trace are indexed.</summary>
    public IReadOnlyDictionary<string, AnnotationValue> Annotations { get; init; } = EmptyAnnotations;

    /// <summary>Any JSON object, by namespace and key; never indexed.</summary>
    public JsonElement? Metadata { get; init; }

    public JsonElement? Sql { get; init; }

    public IReadOnlyList<Subsegment> Subsegments { get; init; } = [];

    static readonly Dictionary<string, AnnotationValue> EmptyAnnotations = [];

    /// <summary>Seconds of work; 0 while it is in progress.</summary>
    public double Duration => EndTime is { } end ? end - StartTime : 0;

    /// <summary>All subsegments at any depth, each before those inside it.</summary>
    public IEnumerable<Subsegment> Descendants()
    {
        var rest = new Stack<Subsegment>(Subsegments.Reverse());
        while (rest.TryPop(out var next))
        {
            yield return next;
            foreach (var inner in next.Subsegments.Reverse()) rest.Push(inner);
        }
    }
}

/// <summary>The work of one service on one request.</summary>
public sealed record Segment : SegmentEntity
{
    public required TraceId TraceId { get; init; }

    /// <summary>The type of resource that ran the work, such as <c>AWS::Lambda::Function</c>; the node type on the service map.</summary>
    public string? Origin { get; init; }

    public string? ResourceArn { get; init; }

    public string? User { get; init; }

    public JsonElement? Service { get; init; }

    public IReadOnlyList<TraceLink> Links { get; init; } = [];

    /// <summary>Made by X-Ray from a subsegment whose callee sent no segment of its own; made anew whenever documents are merged.</summary>
    public bool Inferred { get; init; }
}

/// <summary>A part of a segment's work: local work, or a call to something downstream.</summary>
public sealed record Subsegment : SegmentEntity
{
    /// <summary>Set when the subsegment was sent alone; an embedded one belongs to the trace around it.</summary>
    public TraceId? TraceId { get; init; }

    /// <summary><c>aws</c> for calls of AWS services, <c>remote</c> for other downstream calls, null for local work.</summary>
    public string? Namespace { get; init; }

    public IReadOnlyList<SegmentId> PrecursorIds { get; init; } = [];
}

/// <summary>Joins a consumer's segment to a producer's trace (<c>links</c>), as for SQS batches.</summary>
/// <param name="ReferenceType"><c>parent</c> or <c>child</c>.</param>
public sealed record TraceLink(TraceId TraceId, SegmentId Id, string? ReferenceType);

/// <summary>The <c>http</c> block: an HTTP request served (segments) or made (subsegments).</summary>
public sealed record HttpCall(HttpRequestPart? Request = null, HttpResponsePart? Response = null)
{
    public static HttpCall Answered(int status) => new(Response: new HttpResponsePart(status));
}

/// <param name="Traced">Subsegments only: the callee sends segments of its own.</param>
public sealed record HttpRequestPart(
    string? Method = null, string? Url = null, string? UserAgent = null, string? ClientIp = null, bool? XForwardedFor = null, bool? Traced = null);

public sealed record HttpResponsePart(int? Status = null, long? ContentLength = null);

/// <summary>Why the work failed: the exceptions seen, or the id of one that another entity of the trace describes.</summary>
public sealed record Cause(
    SegmentId? ExceptionId = null, string? WorkingDirectory = null, IReadOnlyList<string>? Paths = null, string? Message = null,
    IReadOnlyList<TracedException>? Exceptions = null);

public sealed record TracedException(
    string? Id = null, string? Message = null, string? Type = null, bool? Remote = null, int? Truncated = null, int? Skipped = null,
    string? Cause = null, IReadOnlyList<StackFrame>? Stack = null);

public sealed record StackFrame(string? Path, int? Line, string? Label);
