namespace Lambray.Tracing.Intake;

/// <summary>How much is on its way into the store. Senders wait for it, or will not send it again: whoever has work that can wait lets it through first.</summary>
public sealed class IntakeBacklog
{
    /// <summary>Documents that came by UDP and wait in memory; nobody asks for them a second time.</summary>
    public const int LargeFrom = 4096;

    /// <summary>Documents whose senders wait for an answer: several at once send as fast as they are answered.</summary>
    public const int AwaitedLargeFrom = 64;

    int documents;
    int awaited;

    public bool IsLarge => Volatile.Read(ref documents) >= LargeFrom || Volatile.Read(ref awaited) >= AwaitedLargeFrom;

    public void Add() => Interlocked.Increment(ref documents);

    public void Remove() => Interlocked.Decrement(ref documents);

    /// <summary>Counts documents that somebody waits for.</summary>
    /// <returns>How many these are now.</returns>
    public int Await(int count) => Interlocked.Add(ref awaited, count);

    public void Answer(int count) => Interlocked.Add(ref awaited, -count);
}
