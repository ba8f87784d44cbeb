using Lambray.Server.Cli.AwsApi;
using Lambray.Server.Cli.Drawing;
using Lambray.Tracing.Segments;

namespace Lambray.Server.Cli.Demo;

/// <summary>The demo from deployment to service map, told on a terminal.</summary>
sealed class DemoStory(AwsClient aws, Terminal terminal)
{
    // Cold and then warm, both ways; a trace is waited for before the next invocation, so that its environment is free again.
    static readonly ExpectedTrace[][] Invocations =
    [
        [new(Async: false, Cold: true), new(Async: false, Cold: false)],
        [new(Async: true, Cold: true), new(Async: true, Cold: false)],
    ];

    readonly DemoFunction function = new(aws, terminal.Time);

    /// <summary>Everything that should have been seen and was not.</summary>
    public async Task<DemoOutcome> TellAsync(string repository, CancellationToken cancellation)
    {
        var start = terminal.Time.GetUtcNow();
        var role = await DeployAsync(repository, cancellation);
        var missing = new List<string>();
        DemoTrace? last = null;
        foreach (var expected in Invocations.SelectMany(pair => pair))
        {
            last = await InvokeAsync(role, expected, cancellation);
            missing.AddRange(last.Missing.Select(what => $"{what} in trace {last.Id}"));
        }
        missing.AddRange(await DrawMapAsync(start, cancellation));
        return new DemoOutcome(DemoFunction.Name, last!.Id, missing);
    }

    async Task<string> DeployAsync(string repository, CancellationToken cancellation)
    {
        var role = await terminal.StepAsync($"IAM: execution role {DemoFunction.Name} with AWSXrayWriteOnlyAccess", () => function.EnsureRoleAsync(cancellation));
        await terminal.StepAsync($"S3: bucket {DemoFunction.Name}", () => function.EnsureBucketAsync(cancellation));
        var zip = await terminal.StepAsync("Zipping samples/put-object with its packages", () => Task.Run(() => PutObjectSample.Zip(repository), cancellation));
        await terminal.StepAsync($"Lambda: function {DemoFunction.Name} ({zip.Length / 1e6:0.0} MB, nodejs20.x, tracing active)",
            () => function.EnsureFunctionAsync(role, zip, cancellation));
        return role;
    }

    async Task<DemoTrace> InvokeAsync(string role, ExpectedTrace expected, CancellationToken cancellation)
    {
        var invocation = new DemoInvocation(aws, expected, terminal.Time);
        var trace = await terminal.StepAsync(invocation.Title, async () =>
        {
            if (expected.Cold) await function.MakeColdAsync(role, cancellation);
            return await invocation.RunAsync(cancellation);
        });
        if (trace.Timeline is { } timeline) terminal.Draw([InkedLine.Empty, .. Waterfall.Draw(timeline, terminal.Width), InkedLine.Empty]);
        return trace;
    }

    async Task<IReadOnlyList<string>> DrawMapAsync(DateTimeOffset start, CancellationToken cancellation)
    {
        // Trace ids tell the time in whole seconds, and the end of a range is not part of it.
        var range = new TimeRange(new SegmentTime(start.ToUnixTimeSeconds()), SegmentTime.From(terminal.Time.GetUtcNow().AddSeconds(1)));
        var items = await new XRayApi(aws).GetServiceGraphAsync(range, group: null, cancellation);
        ServiceItem[] services = [.. items.Select(item => XRayApi.Read(item, AwsApiJson.Default.ServiceItem))];
        terminal.Draw([new InkedLine(new InkedText("Service map", Ink.Strong), " since the demo began"), .. ServiceMap.Draw(services), InkedLine.Empty]);
        return ExpectedMap.Missing(services);
    }
}

/// <param name="Function">One to invoke without an event; null when there is none.</param>
/// <param name="Trace">One to look at.</param>
/// <param name="Missing">What was expected and not seen; none when all is well.</param>
sealed record DemoOutcome(string? Function, TraceId Trace, IReadOnlyList<string> Missing);
