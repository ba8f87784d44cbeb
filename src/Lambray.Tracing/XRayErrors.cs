using Lambray.Aws;

namespace Lambray.Tracing;

/// <summary>The refusals of X-Ray, with its codes.</summary>
public static class XRayErrors
{
    public static AwsException InvalidRequest(string message) => new("InvalidRequestException", 400, message);

    /// <param name="member">The member of the request that is wrong.</param>
    public static AwsException InvalidMember(string member, string message) => new("InvalidRequestException", 400, message) { Members = [new MemberFault(member, message)] };

    /// <param name="resourceName">The ARN, token or name that nothing is known by.</param>
    public static AwsException ResourceNotFound(string resourceName, string message) =>
        new("ResourceNotFoundException", 404, message) { Resource = resourceName };

    public static AwsException Throttled(string message) => new("ThrottledException", 429, message);
}
