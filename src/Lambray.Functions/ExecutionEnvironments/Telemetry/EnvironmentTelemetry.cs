using System.Net.Sockets;

namespace Lambray.Functions.ExecutionEnvironments.Telemetry;

/// <summary>What happens in an environment, for those of its extensions that want to know ("Lambda Telemetry API" in the Developer Guide).</summary>
/// <remarks>
/// Extensions subscribe while the environment initializes, and get what happened before too; so all events are kept until
/// then, up to a bound. When nobody has subscribed by its end, nothing is made or kept any more.
/// </remarks>
public sealed class EnvironmentTelemetry(Func<Socket> openSocket, TimeProvider time) : IDisposable
{
    const int EarlyEventsMax = 1000;
    const int EarlyBytesMax = 1024 * 1024;

    readonly Lock subscriptionLock = new();
    readonly List<TelemetrySubscription> subscriptions = [];
    readonly LineSplitter functionLines = new();
    readonly LineSplitter extensionLines = new();
    List<TelemetryEvent>? early = [];
    int earlyBytes;
    (long Records, long Bytes) notKept;
    volatile bool isWanted = true;

    /// <summary>Gets the platform's events too, for as long as the environment lives; null for a log that has lines instead.</summary>
    internal Action<TelemetryEvent>? SystemLog { get; set; }

    /// <summary>Whether events are of any use; worth asking before one is made.</summary>
    public bool IsWanted => isWanted || SystemLog is not null;

    public void Publish(TelemetryEvent item)
    {
        // Outside of the lock: the log has one of its own, under which it publishes what processes print.
        SystemLog?.Invoke(item);
        lock (subscriptionLock) PublishUnsynchronized(item);
    }

    /// <summary>Takes what a process has printed, and publishes its lines.</summary>
    public void PublishOutput(string type, ReadOnlySpan<byte> text)
    {
        if (!isWanted) return;
        lock (subscriptionLock)
        {
            Lines(type).Split(text, line => PublishUnsynchronized(TelemetryEvent.Line(time.GetUtcNow(), type, line)));
        }
    }

    /// <summary>Publishes the beginnings of lines that nobody has ended.</summary>
    public void EndLines()
    {
        if (!isWanted) return;
        lock (subscriptionLock)
        {
            foreach (var type in (string[])[TelemetryEvent.FunctionType, TelemetryEvent.ExtensionType])
                if (Lines(type).TakeRest() is { Length: > 0 } rest) PublishUnsynchronized(TelemetryEvent.Line(time.GetUtcNow(), type, rest));
        }
    }

    /// <summary>Sends events to an extension from now on, those of the init phase so far first. A second subscription takes the place of its first.</summary>
    /// <returns>False when the init phase is over.</returns>
    public bool TrySubscribe(string extension, TelemetrySettings settings)
    {
        lock (subscriptionLock)
        {
            if (early is null) return false;
            if (subscriptions.Find(subscription => subscription.Name == extension) is { } former)
            {
                subscriptions.Remove(former);
                former.Dispose();
            }
            var added = new TelemetrySubscription(extension, settings, openSocket, time);
            foreach (var item in early) added.Add(item);
            if (notKept.Records > 0)
                added.Add(PlatformEvents.LogsDropped(time.GetUtcNow(), notKept.Records, notKept.Bytes, "More was logged before the subscription than is kept."));
            subscriptions.Add(added);
            PublishUnsynchronized(PlatformEvents.Subscription(time.GetUtcNow(), extension, settings.Types));
            return true;
        }
    }

    /// <summary>The init phase is over: no more subscriptions.</summary>
    public void Close()
    {
        lock (subscriptionLock)
        {
            early = null;
            isWanted = subscriptions.Count > 0;
        }
    }

    /// <summary>Sends what has been gathered without waiting for more.</summary>
    public void Flush()
    {
        lock (subscriptionLock) subscriptions.ForEach(subscription => subscription.Flush());
    }

    public void Dispose()
    {
        lock (subscriptionLock)
        {
            isWanted = false;
            early = null;
            subscriptions.ForEach(subscription => subscription.Dispose());
            subscriptions.Clear();
        }
    }

    void PublishUnsynchronized(TelemetryEvent item)
    {
        if (early is not null) KeepUnsynchronized(early, item);
        subscriptions.ForEach(subscription => subscription.Add(item));
    }

    void KeepUnsynchronized(List<TelemetryEvent> kept, TelemetryEvent item)
    {
        if (kept.Count < EarlyEventsMax && earlyBytes + item.Record.Length <= EarlyBytesMax)
        {
            kept.Add(item);
            earlyBytes += item.Record.Length;
        }
        else
        {
            notKept = (notKept.Records + 1, notKept.Bytes + item.Record.Length);
        }
    }

    LineSplitter Lines(string type) => type == TelemetryEvent.FunctionType ? functionLines : extensionLines;
}
