namespace Lambray.Resources.Sqs;

/// <summary>Receivers that wait for messages: woken one for each message, the one that has waited longest first. For one thread at a time.</summary>
sealed class Receivers
{
    readonly LinkedList<TaskCompletionSource> waiting = [];

    public bool Any => waiting.Count > 0;

    public LinkedListNode<TaskCompletionSource> Add() => waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Wake(int count)
    {
        for (; count > 0 && waiting.First is { } first; count--)
        {
            waiting.RemoveFirst();
            first.Value.TrySetResult();
        }
    }

    /// <summary>The receiver waits no longer; had it been woken meanwhile, another is in its stead.</summary>
    public void Leave(LinkedListNode<TaskCompletionSource> receiver)
    {
        if (receiver.List is not null) waiting.Remove(receiver);
        else Wake(1);
    }
}
