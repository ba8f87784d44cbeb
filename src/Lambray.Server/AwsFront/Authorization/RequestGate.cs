using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.Authentication;

namespace Lambray.Server.AwsFront.Authorization;

/// <summary>Where signatures are asked for, the way that every request takes: who sent it, and whether they may.</summary>
sealed class RequestGate(SignatureVerification signatures, RequestAuthorization authorization)
{
    readonly SignatureVerification signatures = signatures;
    readonly RequestAuthorization authorization = authorization;

    // S3's documents are bounded where they are read.
    const long BodyBytesMax = 16 * 1024 * 1024;

    /// <exception cref="AwsException">It is not let in.</exception>
    public async Task AdmitAsync(HttpContext http, ServiceFront front)
    {
        if (front.Admit is { } admit)
        {
            await admit(http);
            return;
        }
        var caller = await signatures.FindCallerAsync(http, front.RequestBytesMax ?? BodyBytesMax);
        // Of S3 alone there is something for everybody: what the policy of a bucket makes public.
        if (caller is null && front.Service != AwsService.S3) throw SignatureErrors.Of(http).Missing();
        caller ??= CallerIdentity.Anonymous;
        http.Features.Set(caller);
        authorization.Require(http, caller);
    }

    /// <summary>For a permission of which only the body of a request tells; a server that takes what comes asks for none.</summary>
    /// <exception cref="AwsException">The caller does not have it.</exception>
    public static void Require(HttpContext http, Permission permission)
    {
        if (http.RequestServices.GetService<RequestGate>() is { } gate) gate.authorization.Require(http, AwsCall.Caller(http), permission);
    }

    /// <summary>Lets whoever signed the policy of a browser's form be its sender.</summary>
    /// <exception cref="AwsException">It is not signed by a key that is known.</exception>
    public static void AdmitForm(HttpContext http, IReadOnlyDictionary<string, string> fields)
    {
        if (http.RequestServices.GetService<RequestGate>() is { } gate && gate.signatures.FindFormCaller(http, fields) is { } caller) http.Features.Set(caller);
    }
}
