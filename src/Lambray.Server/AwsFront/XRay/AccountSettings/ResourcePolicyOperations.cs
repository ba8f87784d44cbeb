using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Tracing.AccountSettings;

namespace Lambray.Server.AwsFront.XRay.AccountSettings;

/// <summary>Policies that let other services send traces.</summary>
static class ResourcePolicyOperations
{
    public static async Task PutResourcePolicy(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, AccountSettingsJson.Wire.PutResourcePolicyRequest);
        var document = XRayWire.Required(request.PolicyDocument, nameof(request.PolicyDocument));
        var home = http.RequestServices.GetRequiredService<AwsHome>();
        // Who denies this very action to himself could never put it right again.
        if (Parse(document).LocksOut(home, "xray:PutResourcePolicy") && request.BypassPolicyLockoutCheck is not true)
            throw new AwsException(
                "LockoutPreventionException", StatusCodes.Status400BadRequest,
                "The policy would keep this account from another PutResourcePolicy. BypassPolicyLockoutCheck lets it through all the same.");
        var policy = await Policies(http).PutAsync(request.PolicyName, document, request.PolicyRevisionId);
        await XRayWire.WriteAsync(http, new PutResourcePolicyAnswer(ResourcePolicyWire.Of(policy)), AccountSettingsJson.Wire.PutResourcePolicyAnswer);
    }

    public static async Task DeleteResourcePolicy(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, AccountSettingsJson.Wire.DeleteResourcePolicyRequest);
        await Policies(http).DeleteAsync(request.PolicyName, request.PolicyRevisionId);
        await XRayWire.WriteAsync(http, new EmptyAnswer(), AccountSettingsJson.Wire.EmptyAnswer);
    }

    public static async Task ListResourcePolicies(HttpContext http)
    {
        // "Not currently supported" is what AWS says of this token, too: there are five policies at most.
        OpaqueToken.RefuseAny((await XRayWire.ReadAsync(http, AccountSettingsJson.Wire.ListResourcePoliciesRequest)).NextToken);
        await XRayWire.WriteAsync(
            http, new ListResourcePoliciesAnswer([.. Policies(http).All.Select(ResourcePolicyWire.Of)]), AccountSettingsJson.Wire.ListResourcePoliciesAnswer);
    }

    static ResourcePolicies Policies(HttpContext http) => http.RequestServices.GetRequiredService<ResourcePolicies>();

    // IAM finds what is wrong; X-Ray has a code of its own for it.
    static ResourcePolicy Parse(string document)
    {
        try
        {
            return ResourcePolicy.Parse(document);
        }
        catch (AwsException error)
        {
            throw new AwsException("MalformedPolicyDocumentException", StatusCodes.Status400BadRequest, error.Message);
        }
    }
}

sealed record PutResourcePolicyRequest(string? PolicyName, string? PolicyDocument, string? PolicyRevisionId, bool? BypassPolicyLockoutCheck);

sealed record PutResourcePolicyAnswer(ResourcePolicyWire ResourcePolicy);

sealed record DeleteResourcePolicyRequest(string? PolicyName, string? PolicyRevisionId);

sealed record ListResourcePoliciesRequest(string? NextToken);

sealed record ListResourcePoliciesAnswer(ResourcePolicyWire[] ResourcePolicies);

sealed record ResourcePolicyWire(string PolicyName, string PolicyDocument, string PolicyRevisionId, double LastUpdatedTime)
{
    public static ResourcePolicyWire Of(ResourcePolicyRecord policy) => new(policy.Name, policy.Document, policy.Revision, policy.UpdatedAt.ToEpochSeconds());
}
