using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Resources.Metrics;
using Lambray.Resources.Sqs;
using Lambray.Tracing;
using Lambray.Tracing.Segments;

namespace Lambray.Functions.EventSources.Queues;

/// <summary>Queues of SQS as event sources ("Using Lambda with Amazon SQS" in the Developer Guide).</summary>
/// <remarks>Nothing is asked again and again: a poll lies in the queue as one receiver that waits, and is woken by a message.</remarks>
public sealed class QueueSource(
    QueueDirectory queues, FunctionStore functions, MetricStore metrics, PassedServices services, CausalChain chain, AwsHome home, TimeProvider time) : IEventSource
{
    public EventSourceKind Kind => EventSourceKind.Sqs;

    public Task RequireReadableAsync(EventSourceMapping mapping)
    {
        var queue = Find(mapping) ?? throw LambdaErrors.InvalidParameter(
            "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.");
        var timeout = functions.Find(mapping.Function.Name)?.Latest.Timeout;
        if (timeout > queue.Config.VisibilityTimeout.TotalSeconds)
            throw LambdaErrors.InvalidParameter(
                $"Queue visibility timeout: {queue.Config.VisibilityTimeout.TotalSeconds} seconds is less than Function timeout: {timeout} seconds");
        return Task.CompletedTask;
    }

    public async Task PollAsync(EventSourceMapping mapping, IBatchConsumer function, CancellationToken stop)
    {
        var queue = Find(mapping) ?? throw new InvalidOperationException($"The queue {mapping.Settings.EventSourceArn} does not exist.");
        var counts = new MappingCounts(metrics, mapping, time);
        using var poll = new QueuePoll(queue, mapping, function, new BatchTraces(chain, services, Traced(queue.Config.Name), time), counts, time);
        await poll.RunAsync(stop);
    }

    TracedSource Traced(string queue) => new(
        queue, "AWS::SQS::Queue", home.Regional("sqs", queue), KeepsTraces: true, PutsManyAtOnce: false, message => new SourceAws("ReceiveMessage", MessageId: message));

    MessageQueue? Find(EventSourceMapping mapping) => Arn.TryParse(mapping.Settings.EventSourceArn, out var arn) ? queues.Find(arn) : null;
}
