namespace Lambray.Resources.Sqs;

/// <summary>Receivers that wait for messages: woken one for each message, the one that has waited longest first. For one thread at a time, but for the waiting itself.</summary>
/// <param name="ring">Called when a message can be seen again for which somebody waits.</param>
sealed class Receivers(TimeProvider time, Action ring) : IDisposable
{
    readonly LinkedList<TaskCompletionSource> waiting = [];
    readonly ITimer alarm = time.CreateTimer(_ => ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    DateTimeOffset alarmAt = DateTimeOffset.MaxValue;

    public LinkedListNode<TaskCompletionSource> Add() => waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Wake(int count)
    {
        for (; count > 0 && waiting.First is { } first; count--)
        {
            waiting.RemoveFirst();
            first.Value.TrySetResult();
        }
    }

    /// <summary>Waits to be woken; for any thread.</summary>
    /// <returns>Whether it was; whoever was not has to <see cref="Leave"/>.</returns>
    public async Task<bool> WaitAsync(LinkedListNode<TaskCompletionSource> receiver, TimeSpan wait, CancellationToken stop)
    {
        var limit = wait == TimeSpan.MaxValue || wait.TotalMilliseconds > int.MaxValue ? Timeout.InfiniteTimeSpan : wait;
        await receiver.Value.Task.WaitAsync(limit > TimeSpan.Zero || limit == Timeout.InfiniteTimeSpan ? limit : TimeSpan.Zero, time, stop)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return receiver.Value.Task.IsCompletedSuccessfully && !stop.IsCancellationRequested;
    }

    /// <summary>The receiver waits no longer; had it been woken meanwhile, another is in its stead.</summary>
    public void Leave(LinkedListNode<TaskCompletionSource> receiver)
    {
        if (receiver.List is not null) waiting.Remove(receiver);
        else Wake(1);
    }

    /// <param name="nextVisible">When a message can be seen next. Only somebody who waits needs to know.</param>
    public void SetAlarm(DateTimeOffset? nextVisible)
    {
        if (waiting.Count == 0 || nextVisible is not { } at || at == alarmAt) return;
        alarmAt = at;
        var due = at - time.GetUtcNow();
        alarm.Change(due > TimeSpan.Zero ? due : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    public void AlarmRang() => alarmAt = DateTimeOffset.MaxValue;

    public void Dispose() => alarm.Dispose();
}
