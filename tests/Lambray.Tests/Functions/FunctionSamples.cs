using Lambray.Aws;
using Lambray.Functions.Invocation;
using Lambray.Functions.Registry;
using Lambray.Tracing.Segments;

namespace Lambray.Tests.Functions;

/// <summary>A function and a moment that tests of the Functions room share.</summary>
static class FunctionSamples
{
    public const string RequestId = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";
    public static readonly AwsHome Home = new("111111111111", "us-east-1");
    public static readonly DateTimeOffset Now = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    /// <summary>This long after <see cref="Now"/>.</summary>
    public static DateTimeOffset At(double milliseconds) => Now.AddMilliseconds(milliseconds);

    public static FunctionModel Function() => new()
    {
        Name = "sample",
        Arn = "arn:aws:lambda:us-east-1:111111111111:function:sample",
        Runtime = "nodejs22.x",
        Role = "arn:aws:iam::111111111111:role/sample",
        Handler = "index.handler",
        LogGroup = "/aws/lambda/sample",
        CodeSha256 = "",
        CodeSize = 0,
        LastModified = Now,
        RevisionId = Guid.Empty,
        EnvironmentRevision = Guid.Empty,
        State = FunctionState.Active,
    };

    public static InvocationTarget Target(FunctionModel? function = null) =>
        new(function ?? Function(), Alias: null, new RegisteredFunction { Latest = function ?? Function() });

    /// <summary>A warm attempt: handed over at 2 ms, answered at 10 ms.</summary>
    public static AttemptRecord Attempt(FunctionFailure? failure = null, params InitPhase[] inits) => new()
    {
        Started = At(1),
        Inits = inits,
        InvokeStarted = At(2),
        Answered = At(10),
        Failure = failure,
        HandedOver = true,
    };

    public static InvocationTrace Trace(SegmentId? caller = null) => new(TraceId.New(Now), caller, Sampled: true, SegmentId.New(), Extras: "");
}
