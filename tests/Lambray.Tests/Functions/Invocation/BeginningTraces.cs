using Lambray.Functions.Invocation;
using Lambray.Functions.Registry;
using Lambray.Tracing.Sampling;
using Lambray.Tracing.Segments;
using Xunit;

namespace Lambray.Tests.Functions.Invocation;

/// <summary>Who decides whether an invocation is traced, and what the function is told.</summary>
public sealed class BeginningTraces
{
    const string Root = "1-5759e988-bd862e3fe1be46a994272793";
    const string Parent = "53995c3f42cd8ad8";

    static readonly LambdaSampler Always = new(new LambdaSamplingConfig(FirstPerMinute: 0, Rate: 1));
    static readonly LambdaSampler Never = new(new LambdaSamplingConfig(FirstPerMinute: 0, Rate: 0));

    [Theory]
    [InlineData(TracingMode.PassThrough, "Sampled=1", true, true)]
    [InlineData(TracingMode.PassThrough, "Sampled=1", false, true)]
    [InlineData(TracingMode.PassThrough, "Sampled=0", true, false)]
    [InlineData(TracingMode.PassThrough, "Sampled=?", true, false)]
    [InlineData(TracingMode.PassThrough, "", true, false)]
    [InlineData(TracingMode.Active, "Sampled=1", false, true)]
    [InlineData(TracingMode.Active, "Sampled=0", true, false)]
    [InlineData(TracingMode.Active, "Sampled=?", true, true)]
    [InlineData(TracingMode.Active, "Sampled=?", false, false)]
    [InlineData(TracingMode.Active, "", true, true)]
    [InlineData(TracingMode.Active, "", false, false)]
    public void A_callers_decision_wins_and_only_Active_lets_Lambda_decide(TracingMode mode, string decision, bool lambdaWould, bool sampled)
    {
        var trace = Begin($"Root={Root};Parent={Parent};{decision}", mode, lambdaWould ? Always : Never);
        Assert.Equal((Root, Parent, sampled), (trace.TraceId.ToString(), trace.Caller?.ToString(), trace.Sampled));
    }

    [Fact]
    public void A_decision_by_the_caller_does_not_use_up_the_first_request_of_a_minute()
    {
        var first = new LambdaSampler(new LambdaSamplingConfig(FirstPerMinute: 1, Rate: 0));
        Assert.True(Begin("Sampled=1", TracingMode.Active, first).Sampled);
        Assert.True(Begin("", TracingMode.Active, first).Sampled);
        Assert.False(Begin("", TracingMode.Active, first).Sampled);
    }

    [Fact]
    public void A_request_without_a_trace_begins_one_that_starts_now()
    {
        var trace = Begin("", TracingMode.Active, Always);
        Assert.StartsWith($"1-{FunctionSamples.Now.ToUnixTimeSeconds():x8}-", trace.TraceId.ToString(), StringComparison.Ordinal);
        Assert.Null(trace.Caller);
    }

    [Fact]
    public void What_a_traced_function_records_lies_beneath_its_own_segment()
    {
        var segment = SegmentId.New();
        var header = Begin($"Root={Root};Parent={Parent};Sampled=1;Lineage=aaaaaaaa:3", TracingMode.Active, Never).HeaderFor(segment);
        Assert.StartsWith($"Root={Root};Parent={segment};Sampled=1;Lineage=aaaaaaaa:3|", header.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_untraced_function_passes_its_callers_header_on()
    {
        var header = Begin($"Root={Root};Parent={Parent};Sampled=0", TracingMode.Active, Always).HeaderFor(SegmentId.New());
        Assert.StartsWith($"Root={Root};Parent={Parent};Sampled=0;Lineage=", header.ToString(), StringComparison.Ordinal);
    }

    static InvocationTrace Begin(string header, TracingMode mode, LambdaSampler sampler) =>
        InvocationTrace.Begin(TraceHeader.Parse(header), FunctionSamples.Target(FunctionSamples.Function() with { TracingMode = mode }), sampler, FunctionSamples.Now);
}
