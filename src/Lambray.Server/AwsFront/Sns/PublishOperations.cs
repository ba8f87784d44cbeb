using System.Text.RegularExpressions;
using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Resources.Sns;
using Lambray.Server.AwsFront.Query;
using Lambray.Tracing.Segments;

namespace Lambray.Server.AwsFront.Sns;

/// <summary>Publish and PublishBatch.</summary>
static partial class PublishOperations
{
    const int EntriesMax = 10;

    public static async Task Publish(HttpContext http)
    {
        var request = http.GetQueryRequest();
        if (request.Find("PhoneNumber") is not null)
            throw new AwsException("NotImplemented", StatusCodes.Status501NotImplemented, "Publish to phone numbers is not available on this server.");
        var topic = SnsDoor.Topics(http).Get(request.Find("TopicArn") ?? request.Find("TargetArn"));
        var message = MessageOf(http, "");
        TopicMessageRules.Require(topic, message);
        var published = await Publisher(http).PublishAsync(topic, message);
        await SnsDoor.Service.WriteAnswer(http, [.. Answer(published)]);
    }

    public static async Task PublishBatch(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var topic = SnsDoor.Topics(http).Get(request.Find("TopicArn"));
        var entries = Entries(request);
        var good = new List<(string Id, TopicMessage Message)>(entries.Count);
        var failed = new List<XElement>();
        var bytes = 0;
        for (var i = 0; i < entries.Count; i++)
        {
            try
            {
                var message = MessageOf(http, $"PublishBatchRequestEntries.member.{i + 1}.");
                bytes += TopicMessageRules.Bytes(message);
                TopicMessageRules.Require(topic, message);
                good.Add((entries[i], message));
            }
            catch (AwsException error)
            {
                failed.Add(Failed(entries[i], error));
            }
        }
        if (bytes > TopicMessageRules.BytesMax) throw new AwsException("BatchRequestTooLong", 400, "The length of all the batch messages put together is more than the limit.");
        // Begun one behind the other, so that a FIFO topic keeps the batch's order.
        var published = await Task.WhenAll(good.Select(entry => Publisher(http).PublishAsync(topic, entry.Message)).ToArray());
        var successful = good.Zip(published, (entry, message) => new XElement("member", new XElement("Id", entry.Id), Answer(message)));
        await SnsDoor.Service.WriteAnswer(http, new XElement("Successful", successful), new XElement("Failed", failed));
    }

    static List<string> Entries(QueryRequest request)
    {
        var ids = new List<string>();
        for (var i = 1; request.Find($"PublishBatchRequestEntries.member.{i}.Id") is { } id; i++) ids.Add(id);
        if (ids.Count == 0) throw new AwsException("EmptyBatchRequest", 400, "The batch request doesn't contain any entries.");
        if (ids.Count > EntriesMax) throw new AwsException("TooManyEntriesInBatchRequest", 400, "The batch request contains more entries than permissible.");
        if (ids.Find(id => !IdRegex().IsMatch(id)) is { } bad) throw new AwsException("InvalidBatchEntryId", 400, $"The Id of a batch entry in a batch request doesn't abide by the specification: {bad}");
        if (ids.Distinct().Count() < ids.Count) throw new AwsException("BatchEntryIdsNotDistinct", 400, "Two or more batch entries in the request have the same Id.");
        return ids;
    }

    static TopicMessage MessageOf(HttpContext http, string prefix)
    {
        var request = http.GetQueryRequest();
        var (body, byProtocol) = TopicMessageRules.Structure(request.Find(prefix + "Message") ?? throw SnsErrors.Invalid("Message"), request.Find(prefix + "MessageStructure"));
        var header = TraceHeader.Parse(http.Request.Headers[TraceHeader.Name]);
        return new TopicMessage(body, byProtocol, request.MessageAttributes(prefix))
        {
            Subject = request.Find(prefix + "Subject"),
            GroupId = request.Find(prefix + "MessageGroupId"),
            DeduplicationId = request.Find(prefix + "MessageDeduplicationId"),
            TraceHeader = header.Root is null ? null : header.ToString(),
            Server = SnsDoor.ServerOf(http),
        };
    }

    static IEnumerable<XElement> Answer(TopicMessage message)
    {
        yield return new XElement("MessageId", message.Id.ToString());
        if (message.SequenceNumber is not null) yield return new XElement("SequenceNumber", message.SequenceNumber);
    }

    static XElement Failed(string id, AwsException error) => new(
        "member", new XElement("Id", id), new XElement("Code", error.Code), new XElement("Message", error.Message), new XElement("SenderFault", error.Status < 500));

    static TopicPublisher Publisher(HttpContext http) => http.RequestServices.GetRequiredService<TopicPublisher>();

    [GeneratedRegex(@"^[A-Za-z0-9_\-]{1,80}\z")]
    private static partial Regex IdRegex();
}
