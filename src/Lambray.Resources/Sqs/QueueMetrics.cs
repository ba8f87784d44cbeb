using Lambray.Resources.Metrics;

namespace Lambray.Resources.Sqs;

/// <summary>What CloudWatch is told of a queue ("Available CloudWatch metrics for Amazon SQS" in the SQS Developer Guide). For any thread.</summary>
sealed class QueueMetrics(ResourceMetrics metrics, TimeProvider time)
{
    // Of a queue that is empty, and that nobody asks for anything, nothing is told any more.
    static readonly TimeSpan ActiveAfterwards = TimeSpan.FromHours(6);

    long lastUsed = time.GetTimestamp();

    public static QueueMetrics Of(string queue, MetricStore store, TimeProvider time) =>
        new(new ResourceMetrics(store, "AWS/SQS", new MetricDimension("QueueName", queue), time), time);

    public void Sent(IReadOnlyList<NewMessage> messages)
    {
        metrics.Record("NumberOfMessagesSent", messages.Count, MetricUnit.Count);
        foreach (var message in messages) metrics.Record("SentMessageSize", MessageRules.Bytes(message), MetricUnit.Bytes);
        Use();
    }

    public void Received(int messages)
    {
        if (messages == 0) metrics.Record("NumberOfEmptyReceives", 1, MetricUnit.Count);
        else metrics.Record("NumberOfMessagesReceived", messages, MetricUnit.Count);
        Use();
    }

    public void Deleted()
    {
        metrics.Record("NumberOfMessagesDeleted", 1, MetricUnit.Count);
        Use();
    }

    public void Counted((long Visible, long InFlight, long Delayed) counts, TimeSpan ageOfOldest)
    {
        if (counts == default && time.GetElapsedTime(Volatile.Read(ref lastUsed)) > ActiveAfterwards) return;
        metrics.Record("ApproximateNumberOfMessagesVisible", counts.Visible, MetricUnit.Count);
        metrics.Record("ApproximateNumberOfMessagesNotVisible", counts.InFlight, MetricUnit.Count);
        metrics.Record("ApproximateNumberOfMessagesDelayed", counts.Delayed, MetricUnit.Count);
        metrics.Record("ApproximateAgeOfOldestMessage", ageOfOldest.TotalSeconds, MetricUnit.Seconds);
    }

    void Use() => Volatile.Write(ref lastUsed, time.GetTimestamp());
}
