using System.Globalization;
using Lambray.Resources.Sqs;

namespace Lambray.Server.AwsFront.Sqs;

/// <summary>Attributes, permissions and tags of a queue.</summary>
static class AttributeOperations
{
    public static Task GetQueueAttributes(HttpContext http)
    {
        var request = SqsDoor.Read(http, SqsJson.Wire.QueueRequest);
        var queue = SqsDoor.Queue(http, request.QueueUrl);
        var all = All(http, queue);
        var wanted = request.AttributeNames ?? [];
        foreach (var name in wanted)
            if (name != "All" && !QueueAttributes.IsKnown(name)) throw SqsErrors.InvalidAttributeName(name);
        var found = all.Where(attribute => wanted.Contains("All") || wanted.Contains(attribute.Key)).ToDictionary();
        return SqsDoor.WriteAsync(http, new AttributesAnswer(found.Count == 0 ? null : found), SqsJson.Wire.AttributesAnswer);
    }

    public static async Task SetQueueAttributes(HttpContext http)
    {
        var request = SqsDoor.Read(http, SqsJson.Wire.QueueRequest);
        var queue = SqsDoor.Queue(http, request.QueueUrl);
        await SqsDoor.Queues(http).SetAttributesAsync(queue.Config.Name, request.Attributes ?? throw SqsErrors.Missing("Attribute.Name"));
        await SqsDoor.WriteNothingAsync(http);
    }

    public static async Task AddPermission(HttpContext http)
    {
        var request = SqsDoor.Read(http, SqsJson.Wire.QueueRequest);
        var queue = SqsDoor.Queue(http, request.QueueUrl);
        var arn = queue.Config.Arn(SqsDoor.Home(http)).ToString();
        await ChangePolicyAsync(http, queue, policy => QueuePolicy.Add(policy, arn, request.Label, request.AccountIds ?? [], request.Actions ?? []));
        await SqsDoor.WriteNothingAsync(http);
    }

    public static async Task RemovePermission(HttpContext http)
    {
        var request = SqsDoor.Read(http, SqsJson.Wire.QueueRequest);
        await ChangePolicyAsync(http, SqsDoor.Queue(http, request.QueueUrl), policy => QueuePolicy.Remove(policy, request.Label));
        await SqsDoor.WriteNothingAsync(http);
    }

    public static async Task TagQueue(HttpContext http)
    {
        var request = SqsDoor.Read(http, SqsJson.Wire.QueueRequest);
        if (request.Tags is not { Count: > 0 } tags) throw SqsErrors.Missing("Tags");
        await ChangeTagsAsync(http, request, former => former.Concat(tags).GroupBy(tag => tag.Key).ToDictionary(same => same.Key, same => same.Last().Value));
    }

    public static async Task UntagQueue(HttpContext http)
    {
        var request = SqsDoor.Read(http, SqsJson.Wire.QueueRequest);
        if (request.TagKeys is not { Count: > 0 } keys) throw SqsErrors.Missing("TagKeys");
        await ChangeTagsAsync(http, request, former => former.Where(tag => !keys.Contains(tag.Key)).ToDictionary());
    }

    public static Task ListQueueTags(HttpContext http)
    {
        var tags = SqsDoor.Queue(http, SqsDoor.Read(http, SqsJson.Wire.QueueRequest).QueueUrl).Config.Tags;
        return SqsDoor.WriteAsync(http, new QueueTagsAnswer(tags.Count == 0 ? null : tags), SqsJson.Wire.QueueTagsAnswer);
    }

    static async Task ChangeTagsAsync(HttpContext http, QueueRequest request, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change)
    {
        await SqsDoor.Queues(http).ChangeTagsAsync(SqsDoor.Queue(http, request.QueueUrl).Config.Name, change);
        await SqsDoor.WriteNothingAsync(http);
    }

    static Task ChangePolicyAsync(HttpContext http, MessageQueue queue, Func<string?, string> change) => SqsDoor.Queues(http).ChangeAsync(queue.Config.Name, config =>
    {
        var policy = change(config.Attributes.GetValueOrDefault(QueueAttributes.Policy));
        return config with { Attributes = QueueAttributes.Change(config.Attributes, new Dictionary<string, string> { [QueueAttributes.Policy] = policy }, config.IsFifo) };
    });

    static Dictionary<string, string> All(HttpContext http, MessageQueue queue)
    {
        var (visible, inFlight, delayed) = queue.Counts();
        return new Dictionary<string, string>(queue.Config.Attributes)
        {
            ["QueueArn"] = queue.Config.Arn(SqsDoor.Home(http)).ToString(),
            ["ApproximateNumberOfMessages"] = Text(visible),
            ["ApproximateNumberOfMessagesNotVisible"] = Text(inFlight),
            ["ApproximateNumberOfMessagesDelayed"] = Text(delayed),
            ["CreatedTimestamp"] = Text(queue.Config.Created.ToUnixTimeSeconds()),
            ["LastModifiedTimestamp"] = Text(queue.Config.Modified.ToUnixTimeSeconds()),
        };
    }

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
