using System.Security.Cryptography;
using System.Text;
using Lambray.Aws;
using Lambray.Server.AwsFront.Downstream;
using Lambray.Server.AwsFront.Forwarding;
using Lambray.Server.AwsFront.S3.Cors;
using Lambray.Server.AwsFront.S3.Forwarding;

namespace Lambray.Server.AwsFront.S3;

/// <summary>The door of S3: finds bucket, key and operation, and serves it.</summary>
public static class S3Door
{
    /// <summary>S3's own bounds hold for objects, which are streamed; documents have theirs where they are read.</summary>
    public static readonly ServiceFront Front =
        new(AwsService.S3, routes => routes.MapS3(), S3ErrorFormat.WriteError, RequestBytesMax: null, OperationOf: _ => null)
        {
            Downstream = new DownstreamForm("S3", Describe),
            Forwarding = new ForwardingForm(S3Forwarding.Name, (target, time) => new S3Forwarding(target, time).ServeAsync),
        };

    /// <summary>One route for all: what S3's operations differ by is no pattern of the path.</summary>
    public static void MapS3(this IEndpointRouteBuilder routes) => routes.Map("/{**target}", Serve);

    static Task Serve(HttpContext http)
    {
        WriteIds(http);
        var target = S3Target.Of(http);
        http.Features.Set(target);
        QueryAuthentication.Apply(http);
        RequireOwner(http);
        CorsAnswer.Apply(http, target);
        var operation = S3Operations.Find(http.Request, target);
        http.Features.Set(operation);
        return operation.Serve(http);
    }

    /// <summary>Finds what a request is about, for a trace, when it is served elsewhere.</summary>
    internal static void Name(HttpContext http)
    {
        var target = S3Target.Of(http);
        http.Features.Set(target);
        try
        {
            http.Features.Set(S3Operations.Find(http.Request, target));
        }
        // The other server may know it.
        catch (AwsException)
        {
            return;
        }
    }

    // A caller may insist on whose buckets it is dealing with.
    static void RequireOwner(HttpContext http)
    {
        foreach (var header in (ReadOnlySpan<string>)["x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner"])
            if (http.Request.Headers[header].FirstOrDefault() is { } owner && owner != http.Service<AwsHome>().AccountId)
                throw new AwsException("AccessDenied", 403, "Access Denied");
    }

    static DownstreamDescription Describe(HttpContext http)
    {
        var target = http.Features.Get<S3Target>();
        return new DownstreamDescription(
            http.Features.Get<S3Operation>()?.Name, ("bucket_name", target?.Bucket), ("key", target?.Key),
            ("version_id", http.Request.Query["versionId"].FirstOrDefault()), ("id_2", HostId(http)));
    }

    internal static S3Target GetS3Target(this HttpContext http) =>
        http.Features.Get<S3Target>() ?? throw new InvalidOperationException("The request did not come through the door of S3.");

    /// <summary>The two ids that AWS's support asks for, and SDKs log.</summary>
    internal static void WriteIds(HttpContext http)
    {
        http.Response.Headers["x-amz-request-id"] = AwsCall.Of(http).RequestId;
        http.Response.Headers["x-amz-id-2"] = HostId(http);
    }

    internal static string HostId(HttpContext http) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(AwsCall.Of(http).RequestId)));
}
