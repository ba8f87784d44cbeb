using Lambray.Aws;

namespace Lambray.Resources.EventBridge;

/// <summary>The refusals of EventBridge.</summary>
public static class EventBridgeErrors
{
    public static AwsException Validation(string message) => new("ValidationException", 400, message);

    public static AwsException NoBus(string name) => new("ResourceNotFoundException", 400, $"Event bus {name} does not exist.");

    public static AwsException NoRule(string name, string bus) => new("ResourceNotFoundException", 400, $"Rule {name} does not exist on EventBus {bus}.");

    public static AwsException BadPattern(string reason) => new("InvalidEventPatternException", 400, $"Event pattern is not valid. Reason: {reason}");
}
