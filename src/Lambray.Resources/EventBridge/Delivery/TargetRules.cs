using System.Text.Json;
using System.Text.RegularExpressions;
using Lambray.Aws;

namespace Lambray.Resources.EventBridge.Delivery;

/// <summary>What a target must be before it is kept.</summary>
static partial class TargetRules
{
    const int RetriesMax = 185;
    const int AgeMin = 60;
    const int AgeMax = 86_400;
    const int PathsMax = 100;

    /// <exception cref="AwsException">ValidationException.</exception>
    public static void Require(RuleTarget target)
    {
        if (target.Id is null || !IdRegex().IsMatch(target.Id)) throw EventBridgeErrors.Validation($"1 validation error detected: Value '{target.Id}' at 'targets.1.member.id' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+");
        if (!Arn.TryParse(target.Arn, out var arn)) throw EventBridgeErrors.Validation($"Parameter {target.Arn} is not valid. Reason: Provided Arn is not in correct format.");
        if (new[] { target.Input, target.InputPath, (object?)target.InputTransformer }.Count(input => input is not null) > 1)
            throw EventBridgeErrors.Validation($"Only one of Input, InputPath, or InputTransformer must be provided for target {target.Id}.");
        if (target.Input is { } input && !IsJson(input)) throw EventBridgeErrors.Validation($"JSON syntax error in input for target {target.Id}.");
        if (target.InputPath is { } path && EventPath.Find(path) is null) throw EventBridgeErrors.Validation($"Invalid InputPath for target {target.Id}.");
        if (target.InputTransformer is { } transformer) Require(target.Id, transformer);
        // A queue that keeps an order wants to know in which line.
        if (arn.Service == "sqs" && arn.Resource.EndsWith(".fifo", StringComparison.Ordinal) && target.SqsParameters?.MessageGroupId is not { Length: > 0 })
            throw EventBridgeErrors.Validation($"Parameter(s) SqsParameters must be specified for target: {target.Id}.");
        if (target.RetryPolicy is { } policy)
        {
            if (policy.MaximumRetryAttempts is < 0 or > RetriesMax) throw EventBridgeErrors.Validation("MaximumRetryAttempts must be between 0 and 185.");
            if (policy.MaximumEventAgeInSeconds is < AgeMin or > AgeMax) throw EventBridgeErrors.Validation("MaximumEventAgeInSeconds must be between 60 and 86400.");
        }
        if (target.DeadLetterConfig?.Arn is { } letters && (!Arn.TryParse(letters, out var queue) || queue.Service != "sqs" || queue.Resource.EndsWith(".fifo", StringComparison.Ordinal)))
            throw EventBridgeErrors.Validation($"Invalid DeadLetterConfig for target {target.Id}: the Arn must be that of a standard queue.");
    }

    static void Require(string id, InputTransformer transformer)
    {
        if (transformer.InputTemplate is not { Length: > 0 } template) throw EventBridgeErrors.Validation($"Invalid InputTemplate for target {id} : A template is required.");
        if (transformer.InputPathsMap?.Count > PathsMax) throw EventBridgeErrors.Validation($"The InputPathsMap of target {id} has more than {PathsMax} paths.");
        foreach (var (name, path) in transformer.InputPathsMap ?? new Dictionary<string, string>())
        {
            if (name.StartsWith("AWS", StringComparison.OrdinalIgnoreCase)) throw EventBridgeErrors.Validation($"Reserved key {name} cannot be used in the InputPathsMap of target {id}.");
            if (EventPath.Find(path) is null) throw EventBridgeErrors.Validation($"Invalid InputPathsMap for target {id}: {path} is no path.");
        }
        if (InputTemplate.FirstUnknown(template, transformer.InputPathsMap) is { } unknown) throw EventBridgeErrors.Validation($"InputTemplate for target {id} contains invalid placeholder {unknown}.");
    }

    static bool IsJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^[.\-_A-Za-z0-9]{1,64}\z")]
    private static partial Regex IdRegex();
}
