using Lambray.Aws;

namespace Lambray.Resources.EventBridge;

/// <summary>Where events come in and rules look at them ("Event buses in Amazon EventBridge").</summary>
public sealed record EventBus(string Name, DateTimeOffset Created, DateTimeOffset Modified)
{
    public const string Default = "default";

    public string? Description { get; init; }

    /// <summary>Kept, and nobody is refused by it; null without one.</summary>
    public string? Policy { get; init; }

    /// <summary>The ARN of a queue; kept.</summary>
    public string? DeadLetterQueue { get; init; }

    public string? KmsKeyIdentifier { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public Arn Arn(AwsHome home) => home.Regional("events", $"event-bus/{Name}");
}
