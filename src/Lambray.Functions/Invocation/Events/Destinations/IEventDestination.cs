using Lambray.Aws;
using Lambray.Tracing.Segments;

namespace Lambray.Functions.Invocation.Events.Destinations;

/// <summary>A service that can be told how an asynchronous event ended: as a function's destination, or as its dead-letter queue.</summary>
public interface IEventDestination
{
    /// <summary>The service in the ARNs that it takes: <c>sqs</c>, <c>sns</c>, <c>events</c>, <c>s3</c>.</summary>
    string Service { get; }

    /// <summary>Delivers; when the task completes the message is safe.</summary>
    /// <exception cref="AwsException">The target is not there or does not take it.</exception>
    Task DeliverAsync(EventDelivery delivery);
}

/// <summary>One message for one target.</summary>
/// <param name="Body">The record of the outcome, or for a dead-letter queue the event itself.</param>
/// <param name="Attributes">What goes beside the body of a dead letter: <c>RequestID</c>, <c>ErrorCode</c>, <c>ErrorMessage</c>; empty for a record.</param>
/// <param name="Trace">For the target to go on with the event's trace.</param>
public sealed record EventDelivery(
    Arn Target, string Function, bool IsSuccess, ReadOnlyMemory<byte> Body, IReadOnlyList<DeadLetterAttribute> Attributes, TraceHeader Trace, DateTimeOffset At)
{
    /// <summary>Where in a bucket its objects are kept.</summary>
    public string Folder { get => field ?? $"aws/lambda/async/{Function}"; init; }
}

/// <param name="DataType">As SQS and SNS name it: <c>String</c> or <c>Number</c>.</param>
public sealed record DeadLetterAttribute(string Name, string DataType, string Value);
