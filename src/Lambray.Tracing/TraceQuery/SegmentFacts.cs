namespace Lambray.Tracing.TraceQuery;

/// <summary>How a segment or a call ended, and what it is.</summary>
[Flags]
public enum SegmentOutcome
{
    Ok = 0,
    Error = 1,
    Throttle = 2,
    Fault = 4,
    InProgress = 8,

    /// <summary>Made from a call whose callee sent no segment.</summary>
    Inferred = 16,

    /// <summary>The request entered here.</summary>
    Root = 32,
}

/// <summary>What filter expressions may ask of the segments of one service. Segments that ended alike, on the same request and in the same place, are one.</summary>
/// <param name="ShortestSeconds">Of several segments, the quickest.</param>
/// <param name="Messages">Of their exceptions.</param>
public sealed record SegmentFacts(
    ServiceId Service, SegmentOutcome Outcome, double ShortestSeconds, double LongestSeconds, HttpSummary? Http, string? ResourceArn,
    string? InstanceId, string? AvailabilityZone, IReadOnlyList<string> Messages);

/// <summary>What filter expressions may ask of the calls between two services, as the caller saw them. Calls that ended alike are one.</summary>
public sealed record CallFacts(
    ServiceId Source, ServiceId Destination, SegmentOutcome Outcome, double ShortestSeconds, double LongestSeconds, HttpSummary? Http);
