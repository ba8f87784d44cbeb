using System.Text;
using Lambray.Resources.Messaging;
using Lambray.Resources.Sqs;

namespace Lambray.Functions.Invocation.Events.Destinations;

/// <summary>Sends records, and events that failed for good, to queues.</summary>
public sealed class QueueDestination(QueueDirectory queues) : IEventDestination
{
    const string Sender = "lambda.amazonaws.com";

    public string Service => "sqs";

    public async Task DeliverAsync(EventDelivery delivery)
    {
        var queue = queues.Find(delivery.Target) ?? throw SqsErrors.QueueDoesNotExist();
        var message = new NewMessage(Encoding.UTF8.GetString(delivery.Body.Span), delivery.Attributes.ToDictionary(
            attribute => attribute.Name, attribute => new MessageAttribute(attribute.DataType, attribute.Value, null)))
        {
            TraceHeader = delivery.Trace.Root is null ? null : delivery.Trace.ToString(),
            SenderId = Sender,
        };
        MessageRules.Require(queue.Config, message);
        await queue.SendAsync([message]);
    }
}
