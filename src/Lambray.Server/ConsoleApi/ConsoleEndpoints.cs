using Lambray.Aws;
using Lambray.Server.AwsFront;
using Lambray.Server.AwsFront.Lambda;

namespace Lambray.Server.ConsoleApi;

/// <summary>The console: its page at <c>/</c>, and all that it loads beneath a path that no bucket can have.</summary>
public static class ConsoleEndpoints
{
    const string Api = ServiceDispatch.ConsolePrefix + "/api";
    const long RequestBytesMax = 64 * 1024;

    public static readonly ServiceFront Front = new(AwsService.Console, MapConsole, WriteErrorAsync, RequestBytesMax, _ => null);

    static void MapConsole(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Api + "/traces", TracePages.ListTraces);
        routes.MapGet(Api + "/traces/{traceId}", TracePages.GetTrace);
        routes.MapCodeDownload();
        routes.MapGet("/", ConsoleFiles.Index);
        routes.MapGet(ServiceDispatch.ConsolePrefix + "/{**file}", ConsoleFiles.File);
    }

    static Task WriteErrorAsync(HttpContext http, AwsException error)
    {
        http.Response.StatusCode = error.Status;
        return ConsoleAnswer.WriteAsync(http, new ApiError(error.Message), ConsoleJson.Default.ApiError);
    }
}
