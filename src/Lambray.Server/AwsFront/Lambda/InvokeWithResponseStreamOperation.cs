using Lambray.Functions.Invocation;
using static Lambray.Server.AwsFront.Lambda.LambdaRequest;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>InvokeWithResponseStream: the response as the function writes it, in an event stream.</summary>
static class InvokeWithResponseStreamOperation
{
    public static async Task Invoke(HttpContext http)
    {
        var type = InvokeOperation.InvocationType(http);
        var request = await InvokeOperation.ReadAsync(http, type);
        switch (type)
        {
            case "" or "RequestResponse":
                var wantsLog = InvokeOperation.WantsLog(http);
                var caller = new EventStreamCaller(http.Response);
                await caller.CompleteAsync(await Service<Invoker>(http).InvokeAsync(request with { Listener = caller }), wantsLog);
                break;
            case "DryRun":
                Service<Invoker>(http).Check(request);
                http.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            default:
                throw Invalid(type, "invocationType", "Member must satisfy enum value set: [RequestResponse, DryRun]");
        }
    }
}
