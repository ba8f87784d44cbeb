using Lambray.Aws;

namespace Lambray.Resources.Sns;

/// <summary>The errors of SNS, by their codes on the wire.</summary>
public static class SnsErrors
{
    public static AwsException Invalid(string message) => new("InvalidParameter", 400, $"Invalid parameter: {message}");

    public static AwsException NotFound(string what) => new("NotFound", 404, $"{what} does not exist");

    public static AwsException ResourceNotFound() => new("ResourceNotFound", 404, "Resource does not exist");
}
