using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Functions.ExecutionEnvironments;
using Lambray.Functions.Registry;
using Lambray.Tracing.Segments;

namespace Lambray.Functions.Invocation;

/// <summary>The segments that Lambda itself writes, from what was measured ("AWS Lambda and AWS X-Ray" in the X-Ray Developer Guide).</summary>
/// <remarks>
/// <code>
/// AWS::Lambda            the service: from the request's receipt to its response
///   Dwell Time           asynchronous only: from acceptance to the first attempt
///   Attempt #n           asynchronous only
///     AWS::Lambda::Function
///       Initialization   cold only; lies before its segment's own start
///       (what the function's X-Ray SDK sends)
///       Overhead         from the response until the runtime asks for its next event
/// </code>
/// A function's error is no fault of the service: both segments carry <c>error</c>, and the service still answered 200.
/// </remarks>
static class LambdaSegments
{
    const int Ok = 200;
    const int Accepted = 202;
    const int TooManyRequests = 429;

    public static Segment Service(InvocationTrace trace, FunctionName function, AwsHome home, string requestId, DateTimeOffset received, DateTimeOffset ended, bool failed) =>
        ServiceSegment(trace, function, home, requestId, received, ended, Ok) with { Error = failed };

    /// <summary>For an asynchronous event: as long as it took to accept it.</summary>
    public static Segment AcceptedService(InvocationTrace trace, FunctionName function, AwsHome home, string requestId, DateTimeOffset received, DateTimeOffset accepted) =>
        ServiceSegment(trace, function, home, requestId, received, accepted, Accepted);

    /// <summary>For a request that was refused for load: nothing ran.</summary>
    public static Segment ThrottledService(InvocationTrace trace, FunctionName function, AwsHome home, string requestId, DateTimeOffset received, DateTimeOffset ended) =>
        ServiceSegment(trace, function, home, requestId, received, ended, TooManyRequests) with { Error = true, Throttle = true };

    public static Subsegment DwellTime(InvocationTrace trace, SegmentId id, DateTimeOffset received, DateTimeOffset firstAttempt) =>
        OfService(trace, id, "Dwell Time", received, firstAttempt);

    public static Subsegment Attempt(InvocationTrace trace, SegmentId id, int number, AttemptRecord attempt) =>
        OfService(trace, id, $"Attempt #{number}", attempt.Started, attempt.Answered) with
        {
            Http = HttpCall.Answered(Ok),
            Error = attempt.Failure is not null,
        };

    /// <param name="parent">The service segment, or the attempt of an asynchronous event.</param>
    public static Segment Function(
        InvocationTrace trace, SegmentId id, SegmentId parent, FunctionModel function, AwsHome home, AttemptRecord attempt, AttemptFinish finish)
    {
        var aws = new SubsegmentAws(function.Arn);
        return new Segment
        {
            TraceId = trace.TraceId,
            Id = id,
            ParentId = parent,
            Name = function.Name,
            Origin = "AWS::Lambda::Function",
            StartTime = SegmentTime.From(attempt.InvokeStarted),
            EndTime = SegmentTime.From(finish.At),
            Aws = JsonSerializer.SerializeToElement(new FunctionAws(home.AccountId, function.Arn, [function.Name]), LambdaSegmentsJson.Default.FunctionAws),
            Error = attempt.Failure is not null,
            Cause = attempt.Failure?.Cause,
            Metadata = finish.DaemonLoss is { } loss ? JsonSerializer.SerializeToElement(LambrayMetadata.Of(loss), LambdaSegmentsJson.Default.LambrayMetadata) : null,
            Subsegments = [.. Subsegments(attempt, finish.At, JsonSerializer.SerializeToElement(aws, LambdaSegmentsJson.Default.SubsegmentAws))],
        };
    }

    static IEnumerable<Subsegment> Subsegments(AttemptRecord attempt, DateTimeOffset finished, JsonElement aws)
    {
        foreach (var init in attempt.Inits)
            yield return Local("Initialization", init.Started, init.Ended, aws) with { Error = init.Failure is not null, Cause = init.Failure?.Cause };
        if (attempt.HandedOver) yield return Local("Overhead", attempt.Answered, finished, aws);
    }

    static Segment ServiceSegment(
        InvocationTrace trace, FunctionName function, AwsHome home, string requestId, DateTimeOffset received, DateTimeOffset ended, int status)
    {
        return new Segment
        {
            TraceId = trace.TraceId,
            Id = trace.ServiceSegment,
            ParentId = trace.Caller,
            Name = function.Name,
            Origin = "AWS::Lambda",
            ResourceArn = function.Arn(home).ToString(),
            StartTime = SegmentTime.From(received),
            EndTime = SegmentTime.From(ended),
            Http = HttpCall.Answered(status),
            Aws = JsonSerializer.SerializeToElement(new ServiceAws(requestId), LambdaSegmentsJson.Default.ServiceAws),
        };
    }

    static Subsegment OfService(InvocationTrace trace, SegmentId id, string name, DateTimeOffset started, DateTimeOffset ended) => new()
    {
        TraceId = trace.TraceId,
        ParentId = trace.ServiceSegment,
        Id = id,
        Name = name,
        StartTime = SegmentTime.From(started),
        EndTime = SegmentTime.From(ended),
    };

    static Subsegment Local(string name, DateTimeOffset started, DateTimeOffset ended, JsonElement aws) => new()
    {
        Id = SegmentId.New(),
        Name = name,
        StartTime = SegmentTime.From(started),
        EndTime = SegmentTime.From(ended),
        Aws = aws,
    };
}

sealed record ServiceAws(string RequestId);

sealed record FunctionAws(string AccountId, string FunctionArn, string[] ResourceNames);

sealed record SubsegmentAws(string FunctionArn);

/// <summary>Metadata of a function segment, in a namespace of our own: a trace that lacks something says so.</summary>
sealed record LambrayMetadata(IReadOnlyDictionary<string, DaemonMetadata> Lambray)
{
    public static LambrayMetadata Of(DaemonLoss loss) =>
        new(new Dictionary<string, DaemonMetadata> { ["xray_daemon"] = new(loss.Documents, loss.IsStopped ? "memory" : null) });
}

/// <param name="LostDocuments">Segment documents that this function sent and that are not in the trace.</param>
/// <param name="StoppedFor">What the daemon was stopped for.</param>
sealed record DaemonMetadata(int LostDocuments, string? StoppedFor);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ServiceAws))]
[JsonSerializable(typeof(FunctionAws))]
[JsonSerializable(typeof(SubsegmentAws))]
[JsonSerializable(typeof(LambrayMetadata))]
sealed partial class LambdaSegmentsJson : JsonSerializerContext;
