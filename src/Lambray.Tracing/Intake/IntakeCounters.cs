namespace Lambray.Tracing.Intake;

/// <summary>Counts from many threads at once.</summary>
sealed class IntakeCounters
{
    long received;
    long accepted;
    long rejected;
    long dropped;

    public IntakeCounts Read() => new(
        Interlocked.Read(ref received), Interlocked.Read(ref accepted), Interlocked.Read(ref rejected), Interlocked.Read(ref dropped));

    public void CountReceived(int documents = 1) => Interlocked.Add(ref received, documents);

    public void CountAccepted(int documents = 1) => Interlocked.Add(ref accepted, documents);

    public void CountRejected(int documents = 1) => Interlocked.Add(ref rejected, documents);

    public void CountDropped(int documents = 1) => Interlocked.Add(ref dropped, documents);
}
