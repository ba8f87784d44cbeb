using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.Authentication;

namespace Lambray.Server.AwsFront.Authorization;

/// <summary>Where signatures are asked for, the way that every request takes: who sent it, and whether they may.</summary>
sealed class RequestGate(SignatureVerification signatures, RequestAuthorization authorization)
{
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
}
