using Lambray.Aws;
using Lambray.Server.AwsFront;
using Lambray.Server.AwsFront.Lambda;
using Lambray.Server.ConsoleApi.Filters;
using Lambray.Server.ConsoleApi.Functions;
using Lambray.Server.ConsoleApi.Groups;
using Lambray.Server.ConsoleApi.Insights;
using Lambray.Server.ConsoleApi.Live;
using Lambray.Server.ConsoleApi.Map;
using Lambray.Server.ConsoleApi.Sampling;
using Lambray.Server.ConsoleApi.Settings;
using Lambray.Server.ConsoleApi.SignIn;
using Lambray.Server.ConsoleApi.Start;
using Lambray.Server.ConsoleApi.Traces;
using Microsoft.AspNetCore.Http.Json;

namespace Lambray.Server.ConsoleApi;

/// <summary>The console: its page at <c>/</c>, and all that it loads beneath a path that no bucket can have.</summary>
/// <remarks>
/// To add an endpoint of the console API:
/// <list type="number">
/// <item>Each page has a folder with its table of routes (<c>MapTraces</c>), short static handlers, and its wire records. A handler takes route and
/// query values as parameters, the body as a record, rooms below by <c>[FromServices]</c>, and returns its record: no HttpContext.
/// What is wrong with a request is thrown as an <see cref="AwsException"/> (see <see cref="Asked"/>).</item>
/// <item>Records that are sent or read whole go into the folder's JsonSerializerContext; a new context goes into the list in <see cref="ConsoleJson"/>,
/// a new table of routes into <see cref="MapApi"/>. Moments and lengths of time are <see cref="EpochMicroseconds"/> and <see cref="Microseconds"/>.</item>
/// <item>Run the tests of <c>AgreeingOnTheConsoleApi</c> with LAMBRAY_GOLDEN=write, which writes console/openapi.json, then <c>npm run generate</c> in console/.</item>
/// </list>
/// </remarks>
public static class ConsoleEndpoints
{
    public const string Api = ServiceDispatch.ConsolePrefix + "/api";
    const long RequestBytesMax = 64 * 1024;

    public static readonly ServiceFront Front = new(AwsService.Console, MapConsole, WriteErrorAsync, RequestBytesMax, _ => null) { Admit = ConsoleAdmission.AdmitAsync };

    /// <summary>How handlers bind and write; nobody else lets the framework do either.</summary>
    public static IServiceCollection AddConsoleApi(this IServiceCollection services) => services
        .AddSingleton<MapReading>()
        .AddSingleton<FailureCauses>()
        .AddSingleton<SampleFunction>()
        .AddSingleton<LiveChanges>()
        .AddSingleton<ConsoleSessions>()
        .Configure<JsonOptions>(options => ConsoleJson.Configure(options.SerializerOptions))
        // So that the front answers, with a message.
        .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Api).WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status400BadRequest, typeof(ApiError), ["application/json"]));
        ((IEndpointConventionBuilder)api).Finally(ConsoleAnswer.Guard);
        api.MapFilters();
        api.MapLive();
        api.MapMap();
        api.MapSignIn();
        api.MapStart();
        api.MapTraces();
        api.MapFunctions();
        api.MapSampling();
        api.MapGroups();
        api.MapInsights();
        api.MapSettings();
    }

    static void MapConsole(this IEndpointRouteBuilder routes)
    {
        routes.MapApi();
        routes.MapCodeDownload();
        routes.MapGet("/", ConsoleFiles.Index);
        routes.MapGet(ServiceDispatch.ConsolePrefix + "/{**file}", ConsoleFiles.File);
    }

    static Task WriteErrorAsync(HttpContext http, AwsException error)
    {
        http.Response.StatusCode = error.Status;
        ConsoleAnswer.SetHeaders(http.Response, "no-store");
        return http.Response.WriteAsJsonAsync(new ApiError(error.Code, error.Message, [.. error.Members.Select(fault => new ApiMemberFault(fault.Member, fault.Constraint))]), SharedJson.Default.ApiError, cancellationToken: http.RequestAborted);
    }
}
