using Lambray.Server.AwsFront.Forwarding;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Sts;

/// <summary>The door of STS: who the caller is, and temporary credentials.</summary>
public static class StsDoor
{
    internal static readonly QueryService Service = new("STS", "https://sts.amazonaws.com/doc/2011-06-15/", new Dictionary<string, RequestDelegate>
    {
        ["GetCallerIdentity"] = CallerOperations.GetCallerIdentity,
        ["GetAccessKeyInfo"] = CallerOperations.GetAccessKeyInfo,
        ["DecodeAuthorizationMessage"] = CallerOperations.DecodeAuthorizationMessage,
        ["AssumeRole"] = TokenOperations.AssumeRole,
        ["GetSessionToken"] = TokenOperations.GetSessionToken,
        ["GetFederationToken"] = TokenOperations.GetFederationToken,
    });

    public static readonly ServiceFront Front =
        new(AwsService.Sts, routes => routes.MapSts(), Service.WriteError, QueryService.RequestBytesMax, OperationOf: _ => null)
        {
            Downstream = QueryService.DownstreamForm("STS"),
            Forwarding = ServiceForwarding.Of("sts", "sts"),
        };

    public static void MapSts(this IEndpointRouteBuilder routes) => routes.Map("/", Service.Serve);
}
