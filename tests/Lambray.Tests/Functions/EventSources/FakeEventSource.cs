using System.Collections.Concurrent;
using System.Threading.Channels;
using Lambray.Aws;
using Lambray.Functions.EventSources;
using Lambray.Tracing.Segments;

namespace Lambray.Tests.Functions.EventSources;

/// <summary>A queue in memory: what is put into it goes to the function one by one, and its outcomes are kept.</summary>
sealed class FakeEventSource : IEventSource
{
    readonly Channel<byte[]> batches = Channel.CreateUnbounded<byte[]>();
    int polls;

    public EventSourceKind Kind => EventSourceKind.Kinesis;

    public ConcurrentQueue<BatchOutcome> Outcomes { get; } = [];

    /// <summary>How many polls are at work now.</summary>
    public int Polls => Volatile.Read(ref polls);

    /// <summary>The most that ever were at work at once.</summary>
    public int PollsMax { get; private set; }

    /// <summary>The settings of the poll that began last.</summary>
    public MappingSettings? Polled { get; private set; }

    /// <summary>What a poll fails with once, if anything.</summary>
    public Exception? Failure { get; set; }

    public void Put(string batch) => batches.Writer.TryWrite(System.Text.Encoding.UTF8.GetBytes(batch));

    public Task RequireReadableAsync(EventSourceMapping mapping) =>
        mapping.Settings.EventSourceArn!.EndsWith("missing", StringComparison.Ordinal)
            ? throw new AwsException("InvalidParameterValueException", 400, $"Stream not found: {mapping.Settings.EventSourceArn}")
            : Task.CompletedTask;

    public async Task PollAsync(EventSourceMapping mapping, IBatchConsumer function, CancellationToken stop)
    {
        PollsMax = Math.Max(PollsMax, Interlocked.Increment(ref polls));
        Polled = mapping.Settings;
        try
        {
            if (Failure is { } failure)
            {
                Failure = null;
                throw failure;
            }
            while (true) Outcomes.Enqueue(await function.InvokeAsync(await batches.Reader.ReadAsync(stop), TraceHeader.Parse(null)));
        }
        finally
        {
            Interlocked.Decrement(ref polls);
        }
    }
}
