using Lambray.Aws.Signing;
using Lambray.Functions.ExecutionEnvironments;
using Lambray.Resources.Iam;

namespace Lambray.Server.AwsFront;

/// <summary>What the front knows of a request before any service sees it.</summary>
/// <param name="RequestId">Answered in the service's request id header, and the id of an invocation.</param>
/// <param name="Scope">Who signed it, if anybody.</param>
/// <param name="Environment">The execution environment it came from, when it came through one's own socket.</param>
public sealed record AwsCall(AwsService? Service, string RequestId, CredentialScope? Scope, ExecutionEnvironment? Environment)
{
    public static AwsCall Of(HttpContext http) =>
        http.Features.Get<AwsCall>() ?? throw new InvalidOperationException("The request did not come through UseAwsFront.");

    /// <summary>Who makes the request: known from its signature where that is verified; elsewhere whoever the access key belongs to, or else the account's root.</summary>
    public static CallerIdentity Caller(HttpContext http) =>
        http.Features.Get<CallerIdentity>() ?? http.RequestServices.GetRequiredService<SecurityTokens>().Caller(Of(http).Scope?.AccessKeyId);
}
