namespace Lambray.Tracing.Intake;

/// <summary>How many documents that came by UDP wait in memory. Nobody asks for them a second time, so whoever has work that can wait lets them through first.</summary>
public sealed class IntakeBacklog
{
    public const int LargeFrom = 4096;

    int documents;

    public bool IsLarge => Volatile.Read(ref documents) >= LargeFrom;

    public void Add() => Interlocked.Increment(ref documents);

    public void Remove() => Interlocked.Decrement(ref documents);
}
