using Lambray.Functions.Invocation;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.EventSources;

/// <summary>Keeps every enabled mapping's source polled, and brings changes of mappings through.</summary>
/// <remarks>
/// Each mapping has one <see cref="Turn"/> after the other: a change waits until the poll before it has ended, so that no two polls
/// of a mapping are ever at work at once, and a mapping that says Disabled invokes nothing any more.
/// </remarks>
public sealed partial class EventSourcePolling : IDisposable
{
    static readonly TimeSpan WaitAfterError = TimeSpan.FromSeconds(5);

    readonly Lock gate = new();
    readonly Dictionary<Guid, Turn> turns = [];
    readonly CancellationTokenSource stop = new();
    readonly EventSourceMappings mappings;
    readonly Invoker invoker;
    readonly TimeProvider time;
    readonly ILogger<EventSourcePolling> logger;

    public EventSourcePolling(EventSourceMappings mappings, Invoker invoker, TimeProvider time, ILogger<EventSourcePolling> logger)
    {
        (this.mappings, this.invoker, this.time, this.logger) = (mappings, invoker, time, logger);
        mappings.Changed += Take;
    }

    /// <summary>Goes on with what an earlier server left: polls, and changes that were not through.</summary>
    public void Start()
    {
        foreach (var mapping in mappings.All()) Take(mapping);
    }

    /// <summary>Begins nothing more, and waits for what is at work.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        Task[] last;
        lock (gate) last = [.. turns.Values.Select(turn => turn.Done)];
        await Task.WhenAll(last);
    }

    public void Dispose() => stop.Dispose();

    void Take(EventSourceMapping mapping)
    {
        lock (gate)
        {
            if (!stop.IsCancellationRequested) turns[mapping.Uuid] = new Turn(this, mapping, turns.GetValueOrDefault(mapping.Uuid));
        }
    }

    async Task RunAsync(EventSourceMapping mapping, Turn? before, CancellationToken ended)
    {
        if (before is not null) await before.EndAsync();
        if (stop.IsCancellationRequested) return;
        var source = mapping.IsEnabled ? mappings.SourceOf(mapping) : null;
        await mappings.SettleAsync(mapping.Uuid, mapping.IsEnabled && source is null ? ProcessingResults.NotServed(mapping.Kind) : null);
        if (mapping.State == MappingState.Deleting) lock (gate) turns.Remove(mapping.Uuid);
        if (source is null) return;
        // An earlier server did not have the service, or could not read.
        if (mapping.LastProcessingResult is { } last && (last == ProcessingResults.NotServed(mapping.Kind) || !mapping.Kind.ShowsProcessingResult))
            await mappings.TellAsync(mapping.Uuid, mapping.Kind.ShowsProcessingResult ? ProcessingResults.None : null);
        await PollAsync(source, mapping, ended);
    }

    async Task PollAsync(IEventSource source, EventSourceMapping mapping, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await source.PollAsync(mapping, new MappedFunction(mapping, mappings, invoker, time), ended);
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                return;
            }
            // Whatever a source fails at, its mapping says so and the others go on.
            catch (Exception error)
            {
                LogPollFailed(mapping.Uuid, mapping.Kind, error);
                await mappings.TellAsync(mapping.Uuid, ProcessingResults.Broken(error.Message));
                await Task.Delay(WaitAfterError, time, ended).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Event source mapping {Uuid} ({Kind}) cannot be polled; it is tried again")]
    partial void LogPollFailed(Guid uuid, EventSourceKind kind, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Event source mapping {Uuid} stays as it is until the next start")]
    partial void LogNotSettled(Guid uuid, Exception error);

    /// <summary>A mapping as one change left it, from the moment when it settles to the end of its poll.</summary>
    sealed class Turn
    {
        readonly CancellationTokenSource end;

        public Turn(EventSourcePolling polling, EventSourceMapping mapping, Turn? before)
        {
            end = CancellationTokenSource.CreateLinkedTokenSource(polling.stop.Token);
            Done = RunAsync(polling, mapping, before);
        }

        public Task Done { get; }

        public async Task EndAsync()
        {
            await end.CancelAsync();
            await Done;
        }

        async Task RunAsync(EventSourcePolling polling, EventSourceMapping mapping, Turn? before)
        {
            await Task.Yield();
            try
            {
                await polling.RunAsync(mapping, before, end.Token);
            }
            // Nobody waits for a mapping to settle; the next start takes it up again.
            catch (Exception error) when (error is not OperationCanceledException)
            {
                polling.LogNotSettled(mapping.Uuid, error);
            }
        }
    }
}
