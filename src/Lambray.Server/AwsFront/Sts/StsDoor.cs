using Lambray.Aws;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Sts;

/// <summary>The door of STS: who the caller is, and temporary credentials.</summary>
static class StsDoor
{
    public static readonly QueryService Service = new("STS", "https://sts.amazonaws.com/doc/2011-06-15/", new Dictionary<string, RequestDelegate>
    {
        ["GetCallerIdentity"] = TokenOperations.GetCallerIdentity,
        ["AssumeRole"] = TokenOperations.AssumeRole,
        ["GetSessionToken"] = TokenOperations.GetSessionToken,
    });

    public static IEndpointConventionBuilder MapSts(this IEndpointRouteBuilder routes) => routes.Map("/", Serve);

    public static Task Serve(HttpContext http) => Service.Serve(http);

    public static Task WriteError(HttpContext http, AwsException error) => Service.WriteError(http, error);
}
