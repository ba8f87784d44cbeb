using System.Text.Json.Serialization;
using Lambray.Functions.ExecutionEnvironments;
using Lambray.Server.Environments;
using Microsoft.AspNetCore.Http.Features;

namespace Lambray.Server.RuntimeApi;

/// <summary>Where a pre-started runtime waits for its function: our bootstraps' own addition to the Runtime API.</summary>
/// <remarks>The answer is the function's environment variables, all of them; code and layers are in their places by then.</remarks>
static class PrestartEndpoint
{
    const string Path = "/lambray/prestart/function";

    /// <summary>A runtime without a function may ask for one and nothing else; one that has a function may not ask.</summary>
    public static Task ServeThoseWithoutFunction(HttpContext http, RequestDelegate next)
    {
        var tenancy = http.Features.GetRequiredFeature<EnvironmentConnection>().Tenancy;
        return tenancy.Settled.IsCompleted ? Serve(http, next, tenancy) : ServeWhenSettledAsync(http, next, tenancy);
    }

    static async Task ServeWhenSettledAsync(HttpContext http, RequestDelegate next, EnvironmentTenancy tenancy)
    {
        await tenancy.Settled;
        await Serve(http, next, tenancy);
    }

    static Task Serve(HttpContext http, RequestDelegate next, EnvironmentTenancy tenancy)
    {
        if (tenancy.Environment is not null) return next(http);
        return http.Request.Path == Path ? GiveFunctionAsync(http, tenancy) : RuntimeApiAnswers.WriteAsync(http, RuntimeReply.InvalidState);
    }

    static async Task GiveFunctionAsync(HttpContext http, EnvironmentTenancy tenancy)
    {
        try
        {
            var variables = await tenancy.AskForFunction().WaitAsync(http.RequestAborted);
            await http.Response.WriteAsJsonAsync(variables, PrestartJson.Default.IReadOnlyDictionaryStringString);
        }
        // It ended while it waited.
        catch (OperationCanceledException)
        {
            http.Abort();
        }
    }
}

[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
sealed partial class PrestartJson : JsonSerializerContext;
