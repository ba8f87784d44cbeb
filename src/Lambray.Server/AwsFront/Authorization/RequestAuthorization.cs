using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Resources.Iam.Policies;
using Lambray.Server.AwsFront.Authentication;

namespace Lambray.Server.AwsFront.Authorization;

/// <summary>Whether the policies let the caller of a request do what it asks for.</summary>
sealed class RequestAuthorization(IamDirectory directory, AwsHome home)
{
    /// <exception cref="AwsException">AccessDenied, in the words of the service.</exception>
    public void Require(HttpContext http, CallerIdentity caller)
    {
        foreach (var permission in RequestedPermissions.Of(http)) Require(http, caller, permission);
    }

    public void Require(HttpContext http, CallerIdentity caller, Permission permission)
    {
        var decision = Decide(http, caller, permission);
        if (decision == AccessDecision.Allowed) return;
        if (caller.IsAnonymous) throw SignatureErrors.Of(http).Missing();
        var because = decision == AccessDecision.ExplicitDeny ? "with an explicit deny in a policy" : $"because no identity-based policy allows the {permission.Action} action";
        throw SignatureErrors.Of(http).NotAuthorized($"User: {caller.Arn} is not authorized to perform: {permission.Action} on resource: {permission.Resource} {because}");
    }

    public AccessDecision Decide(HttpContext http, CallerIdentity caller, Permission permission)
    {
        var context = Context(http);
        permission.Describe?.Invoke(context);
        return directory.Decide(caller, permission.Action, permission.Resource, context, permission.Policy);
    }

    RequestContext Context(HttpContext http)
    {
        var request = http.Request;
        var address = http.Connection.RemoteIpAddress;
        return new RequestContext()
            .Set("aws:SourceIp", address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4().ToString() : address?.ToString())
            .Set("aws:SecureTransport", request.IsHttps ? "true" : "false")
            .Set("aws:UserAgent", request.Headers.UserAgent.FirstOrDefault())
            .Set("aws:Referer", request.Headers.Referer.FirstOrDefault())
            .Set("aws:RequestedRegion", AwsCall.Of(http).Scope?.Region ?? home.Region);
    }
}
