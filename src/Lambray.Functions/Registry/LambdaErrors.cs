using Lambray.Aws;

namespace Lambray.Functions.Registry;

/// <summary>The errors of the Lambda API that more than one place gives, in AWS's words.</summary>
public static class LambdaErrors
{
    public static AwsException InvalidParameter(string message) => new("InvalidParameterValueException", 400, message);

    /// <summary>As some parts of Lambda refuse, which do not say whose mistake it was.</summary>
    public static AwsException UntypedInvalidParameter(string message) => new("InvalidParameterValueException", 400, message) { HasType = false };

    public static AwsException FunctionNotFound(string arn) => new("ResourceNotFoundException", 404, $"Function not found: {arn}");

    public static AwsException AliasNotFound(string arn) => new("ResourceNotFoundException", 404, $"Cannot find alias arn: {arn}");

    public static AwsException ResourceNotFound() => new("ResourceNotFoundException", 404, "The resource you requested does not exist.");

    public static AwsException UpdateInProgress(string arn) =>
        new("ResourceConflictException", 409, $"The operation cannot be performed at this time. An update is in progress for resource: {arn}");

    public static AwsException NotActive(FunctionState state) => new(
        "ResourceConflictException", 409, $"The operation cannot be performed at this time. The function is currently in the following state: {state}");

    /// <param name="operation">The one that answers with the latest revision.</param>
    public static AwsException RevisionMismatch(string operation = "GetFunction/GetAlias") => new(
        "PreconditionFailedException", 412,
        $"The Revision Id provided does not match the latest Revision Id. Call the {operation} API to retrieve the latest Revision Id");

    public static AwsException Throttled(string reason) => new("TooManyRequestsException", 429, "Rate Exceeded.") { Reason = reason };

    public static AwsException RecursiveInvocation(string name) => new(
        "RecursiveInvocationException", 400,
        $"Lambda has detected that function {name} is invoked in a recursive loop, and has stopped it. Set its recursive loop configuration to Allow if that is meant.");
}
