using System.Text;
using Lambray.Resources.Messaging;
using Lambray.Resources.Sns;

namespace Lambray.Functions.Invocation.Events.Destinations;

/// <summary>Publishes records, and events that failed for good, to topics.</summary>
/// <param name="server">Where this server is found; links in the messages lead there.</param>
public sealed class TopicDestination(TopicDirectory topics, Func<TopicPublisher> publisher, Func<string> server) : IEventDestination
{
    public string Service => "sns";

    public async Task DeliverAsync(EventDelivery delivery)
    {
        var topic = topics.Find(delivery.Target) ?? throw SnsErrors.NotFound("Topic");
        var message = new TopicMessage(Encoding.UTF8.GetString(delivery.Body.Span), null, delivery.Attributes.ToDictionary(
            attribute => attribute.Name, attribute => new MessageAttribute(attribute.DataType, attribute.Value, null)))
        {
            TraceHeader = delivery.Trace.Root is null ? null : delivery.Trace.ToString(),
            Server = server(),
        };
        TopicMessageRules.Require(topic, message);
        await publisher().PublishAsync(topic, message);
    }
}
