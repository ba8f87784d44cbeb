using Lambray.Aws;
using Lambray.Functions.Invocation.Events.Destinations;
using Lambray.Functions.Invocation.Metrics;
using Lambray.Functions.Registry;
using Lambray.Resources.Metrics;
using Lambray.Tracing;
using Lambray.Tracing.Segments;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.EventSources.Streams;

/// <summary>Streams of one service as event sources ("Using Lambda with Amazon Kinesis Data Streams", "… with Amazon DynamoDB").</summary>
public sealed class StreamSource(
    IShardedLogs logs, StreamPositions positions, FunctionStore functions, RolePermissions permissions, EventDeliveries deliveries, MetricStore store, FunctionMetrics metrics,
    PassedServices services, CausalChain chain, AwsHome home, TimeProvider time, ILogger<StreamSource> logger) : IEventSource
{
    public EventSourceKind Kind => logs.Kind;

    public Task RequireReadableAsync(EventSourceMapping mapping) =>
        logs.Find(mapping) is null ? throw LambdaErrors.InvalidParameter($"Stream not found: {mapping.Settings.EventSourceArn}") : Task.CompletedTask;

    public async Task PollAsync(EventSourceMapping mapping, IBatchConsumer function, CancellationToken stop)
    {
        var log = logs.Find(mapping) ?? throw new InvalidOperationException($"The stream {mapping.Settings.EventSourceArn} does not exist.");
        var counts = new MappingCounts(store, mapping, time);
        var failed = new FailedBatches(mapping, logs, log.Arn, functions, permissions, deliveries, metrics, counts, home, time, logger);
        await new StreamPoll(new StreamMapping(mapping, log, function, Traces(log), failed, counts, metrics), positions, time).RunAsync(stop);
    }

    // Neither service keeps the producers' traces in AWS.
    BatchTraces Traces(IShardedLog log) => new(
        chain, services,
        new TracedSource(NameOf(log.Arn), logs.SegmentOrigin, log.Arn, KeepsTraces: false, PutsManyAtOnce: true, number => new SourceAws("GetRecords", SequenceNumber: number)), time);

    // stream/orders; table/orders/stream/2026-01-01T00:00:00.000
    static string NameOf(Arn stream) => stream.Resource.Split('/') is [_, var name, ..] ? name : stream.Resource;
}
