using Lambray.Aws;

namespace Lambray.Resources.Logs;

/// <summary>The errors of CloudWatch Logs, in its words.</summary>
public static class LogErrors
{
    public static AwsException InvalidParameter(string message) => new("InvalidParameterException", 400, message);

    public static AwsException GroupNotFound() => new("ResourceNotFoundException", 400, "The specified log group does not exist.");

    public static AwsException StreamNotFound() => new("ResourceNotFoundException", 400, "The specified log stream does not exist.");

    public static AwsException GroupExists() => new("ResourceAlreadyExistsException", 400, "The specified log group already exists");

    public static AwsException StreamExists() => new("ResourceAlreadyExistsException", 400, "The specified log stream already exists");
}
