using System.Globalization;
using Lambray.Aws;
using Lambray.Resources.Messaging;
using Lambray.Resources.Sqs;
using Microsoft.Extensions.Logging;

namespace Lambray.Resources.EventBridge.Delivery;

/// <summary>Sends events that no target took to the queue that it names ("Using dead-letter queues to process undelivered events").</summary>
public sealed partial class TargetDeadLetters(QueueDirectory queues, DeliveryAccess access, AwsHome home, ILogger<TargetDeadLetters> logger)
{
    const string Sender = "events.amazonaws.com";

    /// <param name="exhausted">Which limit of the retry policy ended it; null when it was not tried again.</param>
    internal async Task BuryAsync(EventRule rule, RuleTarget target, StoredTarget stored, AwsException error, string? exhausted)
    {
        if (target.DeadLetterConfig?.Arn is not { } letters || !Arn.TryParse(letters, out var arn)) return;
        try
        {
            var queue = queues.Find(arn) ?? throw SqsErrors.QueueDoesNotExist();
            if (!access.Allows(queue.Config.Policy, Sender, "sqs:SendMessage", arn, rule.Arn(home)))
                throw new AwsException("AccessDenied", 403, $"The policy of {arn} does not let EventBridge send to it for {rule.Arn(home)}.");
            await queue.SendAsync([new NewMessage(stored.Event.Json.GetRawText(), Attributes(rule, target, stored, error, exhausted)) { TraceHeader = stored.Event.TraceHeader, SenderId = Sender }]);
        }
        catch (AwsException refused)
        {
            LogNotBuried(letters, rule.Name, refused);
        }
    }

    Dictionary<string, MessageAttribute> Attributes(EventRule rule, RuleTarget target, StoredTarget stored, AwsException error, string? exhausted)
    {
        var attributes = new Dictionary<string, MessageAttribute>
        {
            ["RULE_ARN"] = Text(rule.Arn(home).ToString()),
            ["TARGET_ARN"] = Text(target.Arn!),
            ["ERROR_CODE"] = Text(CodeOf(error)),
            ["ERROR_MESSAGE"] = Text(error.Message),
        };
        if (exhausted is null) return attributes;
        attributes["EXHAUSTED_RETRY_CONDITION"] = Text(exhausted);
        attributes["RETRY_ATTEMPTS"] = Text((stored.Failed - 1).ToString(CultureInfo.InvariantCulture));
        return attributes;

        static MessageAttribute Text(string text) => new("String", text, null);
    }

    // As EventBridge names them, whatever the target's service says.
    static string CodeOf(AwsException error) => error switch
    {
        { Code: "INVALID_JSON" or "NO_RESOURCE" or "NO_PERMISSIONS" or "INVALID_PARAMETER" } => error.Code,
        { Status: 403 } => "NO_PERMISSIONS",
        { Status: 404 } => "NO_RESOURCE",
        { Status: 429 } => "THROTTLING",
        { Status: < 500 } => "INVALID_PARAMETER",
        _ => "ERROR_FROM_TARGET",
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The dead-letter queue {Queue} of rule {Rule} did not take an event")]
    partial void LogNotBuried(string queue, string rule, Exception error);
}
