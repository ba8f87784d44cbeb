using Lambray.Aws;

namespace Lambray.Resources.Kinesis;

/// <summary>The errors of Kinesis, in its words.</summary>
public static class KinesisErrors
{
    public static AwsException StreamNotFound(string name, string account) => NotFound($"Stream {name} under account {account} not found.");

    public static AwsException NotFound(string message) => new("ResourceNotFoundException", 400, message);

    public static AwsException InUse(string message) => new("ResourceInUseException", 400, message);

    public static AwsException InvalidArgument(string message) => new("InvalidArgumentException", 400, message);

    public static AwsException Validation(string message) => new("ValidationException", 400, message);

    public static AwsException LimitExceeded(string message) => new("LimitExceededException", 400, message);

    public static AwsException ExpiredIterator(string message) => new("ExpiredIteratorException", 400, message);

    public static AwsException ExpiredToken(string message) => new("ExpiredNextTokenException", 400, message);

    public static AwsException Throttled() =>
        new("ProvisionedThroughputExceededException", 400, "More records wait to be written than can be kept; try again.");
}
