using Lambray.Server.Cli.AwsApi;
using Lambray.Server.Cli.Drawing;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.Cli.Demo.PhotoAlbum;

/// <summary>The photo album from deployment to service map, told on a terminal.</summary>
/// <param name="isChainFull">Whether one trace goes on behind queues, topics and streams.</param>
sealed class AlbumStory(AwsClient aws, AlbumNames names, TimeSpan length, bool isChainFull, Terminal terminal)
{
    // A photo is through within a second; this is for machines that have much else to do.
    static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);
    static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    readonly AlbumDeployment deployment = new(aws, names, terminal.Time);
    readonly XRayApi xray = new(aws);

    /// <summary>Everything that should have been seen and was not.</summary>
    public async Task<DemoOutcome> TellAsync(string repository, CancellationToken cancellation)
    {
        var api = await DeployAsync(repository, cancellation);
        using var visitor = new AlbumVisitor(aws, api, terminal.Time);
        var account = new AlbumAccount(aws, visitor);
        var before = await account.ReadAsync(cancellation);
        var start = terminal.Time.GetUtcNow();
        terminal.Draw([InkedLine.Empty, new InkedLine(new InkedText("Traffic", Ink.Strong), $" for about {length.TotalSeconds:0} s")]);
        var tally = await new AlbumTraffic(visitor, length, terminal).RunAsync(cancellation);
        terminal.Say("");
        var missing = await terminal.StepAsync("Waiting until all photos are in their albums and all failures in their queues",
            () => UntilNothingIsMissingAsync(() => account.MissingAsync(before, tally, cancellation), cancellation));
        missing = [.. missing, .. await DrawTraceAsync(tally.Upload, cancellation), .. await DrawMapAsync(start, cancellation)];
        DrawPointers(tally);
        return new DemoOutcome(null, tally.Upload, missing);
    }

    async Task<string> DeployAsync(string repository, CancellationToken cancellation)
    {
        var role = await terminal.StepAsync($"IAM: execution role {AlbumNames.Application}", () => deployment.EnsureRoleAsync(cancellation));
        await terminal.StepAsync($"S3: bucket {AlbumNames.Bucket}", () => new S3Api(aws).CreateBucketAsync(AlbumNames.Bucket, cancellation));
        var stream = await terminal.StepAsync($"DynamoDB: tables {AlbumNames.Photos} (with a stream) and {AlbumNames.Counts}", () => deployment.EnsureTablesAsync(cancellation));
        await terminal.StepAsync($"SNS, SQS: topic and queue {AlbumNames.News}, three queues for what fails", () => deployment.EnsureMessagingAsync(cancellation));
        foreach (var code in AlbumCode.All)
        {
            var zip = await terminal.StepAsync($"Packing {code.Name} ({code.Runtime})", () => code.PackAsync(repository, cancellation));
            await terminal.StepAsync($"Lambda: function {code.Name} ({zip.Length / 1024:N0} KB, tracing active)", () => deployment.EnsureFunctionAsync(code, role, zip, cancellation));
        }
        await terminal.StepAsync("Lambda: triggers by bucket, queue and stream", () => deployment.EnsureTriggersAsync(stream, cancellation));
        return await terminal.StepAsync("API Gateway: HTTP API with three routes", () => deployment.EnsureHttpApiAsync(cancellation));
    }

    async Task<IReadOnlyList<string>> DrawTraceAsync(TraceId id, CancellationToken cancellation)
    {
        TraceTimeline? timeline = null;
        // In AWS's own traces S3 hands the trace on, and the topic's queue begins another.
        var functions = isChainFull ? AlbumNames.Functions : [AlbumNames.Api, AlbumNames.Thumbnail];
        var missing = await UntilNothingIsMissingAsync(async () =>
        {
            timeline = await xray.FindTraceAsync(id, cancellation) is { } trace ? XRayApi.Timeline(id, trace) : null;
            return [.. functions.Where(name => timeline?.Rows.Any(row => row.Origin == "AWS::Lambda::Function" && row.Name == name) != true).Select(name => $"{name} in trace {id}")];
        }, cancellation);
        if (timeline is not null)
            terminal.Draw([InkedLine.Empty, new(new InkedText("One upload", Ink.Strong), ", from the API to the last function"), .. Waterfall.Draw(timeline, terminal.Width), InkedLine.Empty]);
        return missing;
    }

    async Task<IReadOnlyList<string>> DrawMapAsync(DateTimeOffset start, CancellationToken cancellation)
    {
        IReadOnlyList<ServiceItem> services = [];
        var missing = await UntilNothingIsMissingAsync(async () =>
        {
            // Trace ids tell the time in whole seconds, and the end of a range is not part of it.
            var range = new TimeRange(new SegmentTime(start.ToUnixTimeSeconds()), SegmentTime.From(terminal.Time.GetUtcNow().AddSeconds(1)));
            services = [.. (await xray.GetServiceGraphAsync(range, group: null, cancellation)).Select(item => XRayApi.Read(item, AwsApiJson.Default.ServiceItem))];
            return AlbumMap.Missing(services, isChainFull);
        }, cancellation);
        terminal.Draw([new InkedLine(new InkedText("Service map", Ink.Strong), " since the traffic began"), .. ServiceMap.Draw(services), InkedLine.Empty]);
        return missing;
    }

    void DrawPointers(AlbumTally tally) => terminal.Draw(
    [
        new(new InkedText("Worth a look", Ink.Strong), " (docs/photo-album.md walks through them)"),
        new($"  {tally.Slow}  a thumbnail that took long"),
        new($"  {tally.Broken}  a picture that is cut off"),
        // Of the trace of who wrote it a stream knows nothing in AWS.
        .. isChainFull ? (InkedLine[])[new($"  {tally.Poison}  a record that cannot be counted")] : [],
        InkedLine.Empty,
    ]);

    async Task<IReadOnlyList<string>> UntilNothingIsMissingAsync(Func<Task<IReadOnlyList<string>>> look, CancellationToken cancellation)
    {
        var started = terminal.Time.GetTimestamp();
        while (true)
        {
            var missing = await look();
            if (missing.Count == 0 || terminal.Time.GetElapsedTime(started) > Deadline) return missing;
            await Task.Delay(PollInterval, terminal.Time, cancellation);
        }
    }
}
