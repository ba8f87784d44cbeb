using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lambray.Resources.EventBridge;

/// <summary>Whom a rule sends events to, and what of them ("Event bus targets in Amazon EventBridge"). Member by member as the API has it.</summary>
public sealed record RuleTarget(string? Id, string? Arn)
{
    public string? RoleArn { get; init; }

    /// <summary>JSON that is sent in place of every event.</summary>
    public string? Input { get; init; }

    /// <summary>The part of the event that is sent: <c>$.detail</c>.</summary>
    public string? InputPath { get; init; }

    public InputTransformer? InputTransformer { get; init; }

    public SqsParameters? SqsParameters { get; init; }

    public KinesisParameters? KinesisParameters { get; init; }

    public DeadLetterConfig? DeadLetterConfig { get; init; }

    public RetryPolicy? RetryPolicy { get; init; }

    /// <summary>Parameters of targets that are not here; kept and told back.</summary>
    /// <remarks>Extension data cannot be init-only where the reader is made at compile time.</remarks>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

public sealed record InputTransformer(IReadOnlyDictionary<string, string>? InputPathsMap, string? InputTemplate);

public sealed record SqsParameters(string? MessageGroupId);

public sealed record KinesisParameters(string? PartitionKeyPath);

public sealed record DeadLetterConfig(string? Arn);

/// <param name="MaximumRetryAttempts">0 to 185.</param>
/// <param name="MaximumEventAgeInSeconds">60 to 86400.</param>
public sealed record RetryPolicy(int? MaximumRetryAttempts, int? MaximumEventAgeInSeconds);
