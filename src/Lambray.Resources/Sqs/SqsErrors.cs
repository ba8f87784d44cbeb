using Lambray.Aws;

namespace Lambray.Resources.Sqs;

/// <summary>The errors of SQS by their names in its newer protocol, which are translated for the older one.</summary>
public static class SqsErrors
{
    public static AwsException QueueDoesNotExist() => new("QueueDoesNotExist", 400, "The specified queue does not exist.");

    public static AwsException InvalidValue(string message) => new("InvalidParameterValueException", 400, message);

    /// <summary>Of a parameter, in the form that most of SQS's refusals have.</summary>
    public static AwsException InvalidValue(object? value, string parameter, string reason) => InvalidValue($"Value {value} for parameter {parameter} is invalid. Reason: {reason}");

    public static AwsException Missing(string parameter) => new("MissingRequiredParameterException", 400, $"The request must contain the parameter {parameter}.");

    public static AwsException InvalidAttributeName(string name) => new("InvalidAttributeName", 400, $"Unknown Attribute {name}.");

    public static AwsException InvalidAttributeValue(string name) => new("InvalidAttributeValue", 400, $"Invalid value for the parameter {name}.");

    public static AwsException UnknownHandle(string handle) => new("ReceiptHandleIsInvalid", 400, $"The input receipt handle \"{handle}\" is not a valid receipt handle.");

    public static AwsException NotInflight(string handle) =>
        new("MessageNotInflight", 400, $"Value {handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.");

    public static AwsException OverLimit(string message) => new("OverLimit", 403, message);

    public static AwsException Unsupported(string message) => new("UnsupportedOperation", 400, message);

    public static AwsException ResourceNotFound(string message) => new("ResourceNotFoundException", 404, message);

    public static AwsException Throttled() => new("RequestThrottled", 403, "More changes wait to be written than can be kept; try again.");
}
