using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Resources.S3;
using Lambray.Resources.S3.Notifications;

namespace Lambray.Server.AwsFront.S3.Buckets;

/// <summary>PutBucketNotificationConfiguration and GetBucketNotificationConfiguration.</summary>
static class NotificationOperations
{
    // The target's element in a rule, by the rule's.
    static readonly (string Rule, string Target, string Service)[] Kinds =
    [
        ("TopicConfiguration", "Topic", "sns"), ("QueueConfiguration", "Queue", "sqs"), ("CloudFunctionConfiguration", "CloudFunction", "lambda"),
    ];

    public static async Task PutConfiguration(HttpContext http)
    {
        var bucket = http.GetS3Target().Bucket;
        var config = Read(await http.ReadXml("NotificationConfiguration"));
        var checksTargets = http.Request.Headers["x-amz-skip-destination-validation"] != "true";
        await http.Service<BucketNotifications>().Put(bucket, config, checksTargets, http.Origin());
    }

    public static Task GetConfiguration(HttpContext http) =>
        http.WriteXml(Write(http.Service<BucketNotifications>().Get(http.GetS3Target().Bucket)));

    static NotificationConfig Read(XElement root) => new(
        [.. Kinds.SelectMany(kind => root.Children(kind.Rule).Select(rule => ReadRule(rule, kind.Target, kind.Service)))],
        root.Child("EventBridgeConfiguration") is not null);

    static NotificationRule ReadRule(XElement rule, string targetName, string service)
    {
        var target = rule.RequireText(targetName);
        if (!Arn.TryParse(target, out var arn) || arn.Service != service) throw S3Errors.InvalidArgument("The ARN could not be parsed");
        var (prefix, suffix) = ReadFilter(rule);
        // S3 names rules that their owner has not.
        var id = rule.Text("Id") is { Length: > 0 } named ? named : Guid.NewGuid().ToString();
        return new NotificationRule(id, target, [.. rule.Children("Event").Select(name => name.Value)], prefix, suffix);
    }

    static (string? Prefix, string? Suffix) ReadFilter(XElement rule)
    {
        var (prefix, suffix) = ((string?)null, (string?)null);
        foreach (var filter in rule.Child("Filter")?.Child("S3Key")?.Children("FilterRule") ?? [])
        {
            var (name, value) = (filter.RequireText("Name").ToLowerInvariant(), filter.RequireText("Value"));
            if (name is not ("prefix" or "suffix")) throw S3Errors.InvalidArgument("filter rule name must be either prefix or suffix");
            if ((name == "prefix" ? prefix : suffix) is not null) throw S3Errors.InvalidArgument($"Cannot specify more than one {name} rule in a filter.");
            if (name == "prefix") prefix = value;
            else suffix = value;
        }
        return (prefix, suffix);
    }

    static XElement Write(NotificationConfig config)
    {
        var root = S3Xml.Element("NotificationConfiguration");
        foreach (var rule in config.Rules)
        {
            var kind = Array.Find(Kinds, kind => Arn.TryParse(rule.Target, out var arn) && arn.Service == kind.Service);
            var element = S3Xml.Element(kind.Rule, S3Xml.Element("Id", rule.Id), S3Xml.Element(kind.Target, rule.Target));
            element.Add(rule.Events.Select(name => S3Xml.Element("Event", name)));
            if (rule.HasFilter) element.Add(S3Xml.Element("Filter", S3Xml.Element("S3Key", FilterRule("Prefix", rule.Prefix), FilterRule("Suffix", rule.Suffix))));
            root.Add(element);
        }
        if (config.ToEventBridge) root.Add(S3Xml.Element("EventBridgeConfiguration"));
        return root;
    }

    static XElement? FilterRule(string name, string? value) =>
        value is null ? null : S3Xml.Element("FilterRule", S3Xml.Element("Name", name), S3Xml.Element("Value", value));
}
