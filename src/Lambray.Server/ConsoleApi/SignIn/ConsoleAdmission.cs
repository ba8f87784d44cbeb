using System.Text;
using Lambray.Aws;
using Lambray.Aws.Signing;
using Lambray.Resources.Iam;
using Lambray.Resources.Iam.Policies;
using Lambray.Server.AwsFront;
using Lambray.Server.AwsFront.Authentication;
using Lambray.Server.AwsFront.Authorization;

namespace Lambray.Server.ConsoleApi.SignIn;

/// <summary>What of the console is open to whom, where signatures are asked for: its pages to everybody, what they show to those who have signed in.</summary>
/// <remarks>What one may see and do there are permissions of our own, <c>lambray:Read</c> and <c>lambray:Write</c>; AdministratorAccess has both.</remarks>
static class ConsoleAdmission
{
    public const string Cookie = "lambray-session";

    public static Task AdmitAsync(HttpContext http)
    {
        var path = http.Request.Path;
        // The download of code is linked from answers that were allowed.
        if (path.StartsWithSegments(ServiceDispatch.ConsolePrefix + "/code") || path.StartsWithSegments(ServiceDispatch.ConsolePrefix + "/layers"))
        {
            if (!http.RequestServices.GetRequiredService<DownloadLinks>().IsValid(http.Request)) Require(http, FindCaller(http));
        }
        else if (path.StartsWithSegments(ConsoleEndpoints.Api) && !path.StartsWithSegments(SignInEndpoints.Path)) Require(http, FindCaller(http));
        return Task.CompletedTask;
    }

    /// <summary>Prometheus cannot sign: it sends key and secret as user and password.</summary>
    public static Task AdmitBasic(HttpContext http)
    {
        Require(http, FindBasic(http));
        return Task.CompletedTask;
    }

    public static CallerIdentity? FindCaller(HttpContext http) => http.RequestServices.GetRequiredService<ConsoleSessions>().FindCaller(http.Request.Cookies[Cookie]);

    static void Require(HttpContext http, CallerIdentity? caller)
    {
        if (caller is null) throw new AwsException("SignInRequired", StatusCodes.Status401Unauthorized, "Sign in first, with an access key of this account.");
        var isRead = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        var permission = new Permission(isRead ? "lambray:Read" : "lambray:Write");
        if (http.RequestServices.GetRequiredService<RequestAuthorization>().Decide(http, caller, permission) != AccessDecision.Allowed)
            throw new AwsException("AccessDeniedException", StatusCodes.Status403Forbidden, $"{caller.Arn} is not authorized to perform: {permission.Action}.");
    }

    static CallerIdentity? FindBasic(HttpContext http)
    {
        const string scheme = "Basic ";
        if (http.Request.Headers.Authorization is not [{ } header] || !header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var decoded = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[scheme.Length..].Trim(), decoded, out var length)) return null;
        if (Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2) is not [var id, var secret]) return null;
        return http.RequestServices.GetRequiredService<KeyRing>().Find(id) is { SessionToken: null } key && SignatureV4.AreEqual(key.SecretAccessKey, secret) ? key.Caller : null;
    }
}
