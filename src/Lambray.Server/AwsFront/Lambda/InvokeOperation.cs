using System.Buffers;
using System.Text;
using Lambray.Aws;
using Lambray.Functions.Invocation;
using Lambray.Functions.Registry;
using Lambray.Tracing.Segments;
using static Lambray.Server.AwsFront.Lambda.LambdaRequest;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>Invoke: RequestResponse (200), Event (202) and DryRun (204).</summary>
static class InvokeOperation
{
    const int ClientContextCharactersMax = 3583;

    public static async Task Invoke(HttpContext http)
    {
        var type = InvocationType(http);
        var request = await ReadAsync(http, type);
        switch (type)
        {
            case "" or "RequestResponse":
                await RespondAsync(http, await Service<Invoker>(http).InvokeAsync(request), WantsLog(http));
                break;
            case "Event":
                WriteTrace(http, await Service<Invoker>(http).EnqueueAsync(request));
                http.Response.StatusCode = StatusCodes.Status202Accepted;
                break;
            case "DryRun":
                Service<Invoker>(http).Check(request);
                http.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            default:
                throw Invalid(type, "invocationType", "Member must satisfy enum value set: [Event, RequestResponse, DryRun]");
        }
    }

    /// <summary>InvokeAsync, the older way to say <c>Event</c>.</summary>
    public static async Task InvokeAsync(HttpContext http)
    {
        WriteTrace(http, await Service<Invoker>(http).EnqueueAsync(await ReadAsync(http, "Event")));
        await WriteAsync(http, new InvokeAsyncResponse(StatusCodes.Status202Accepted), LambdaJson.Default.InvokeAsyncResponse, StatusCodes.Status202Accepted);
    }

    public static string InvocationType(HttpContext http) => http.Request.Headers["X-Amz-Invocation-Type"].ToString();

    public static async Task<InvokeRequest> ReadAsync(HttpContext http, string type)
    {
        var received = Service<TimeProvider>(http).GetUtcNow();
        var headers = http.Request.Headers;
        var request = new InvokeRequest(
            FunctionNameOf(http), AwsCall.Of(http).RequestId, await ReadPayloadAsync(http, type), TraceHeader.Parse(headers[TraceHeader.Name]),
            ClientContext(headers["X-Amz-Client-Context"]), received);
        http.Response.Headers[JsonErrors.RequestIdHeader] = request.RequestId;
        return request;
    }

    static async Task RespondAsync(HttpContext http, InvokeResult result, bool wantsLog)
    {
        var response = http.Response;
        response.Headers["X-Amz-Executed-Version"] = result.ExecutedVersion;
        if (result.FunctionError is { } error) response.Headers["X-Amz-Function-Error"] = error;
        // The log's last line reports on the invocation as a whole, so whoever wants it waits for the runtime to be done.
        if (wantsLog) response.Headers["X-Amz-Log-Result"] = Convert.ToBase64String(await result.LogTail);
        WriteTrace(http, result.Trace);
        response.ContentType = result.ContentType ?? "application/json";
        response.ContentLength = result.Payload.Length;
        await response.Body.WriteAsync(result.Payload, http.RequestAborted);
    }

    public static void WriteTrace(HttpContext http, InvocationTrace trace) =>
        http.Response.Headers[TraceHeader.Name] =
            new TraceHeader(trace.TraceId, null, trace.Sampled ? SamplingDecision.Sampled : SamplingDecision.NotSampled).ToString();

    public static bool WantsLog(HttpContext http) => http.Request.Headers["X-Amz-Log-Type"].ToString() switch
    {
        "" or "None" => false,
        "Tail" => true,
        var logType => throw Invalid(logType, "logType", "Member must satisfy enum value set: [None, Tail]"),
    };

    static async Task<ReadOnlyMemory<byte>> ReadPayloadAsync(HttpContext http, string type)
    {
        var (named, bytesMax) = type == "Event" ? ("Event", Payload.EventBytesMax) : ("RequestResponse", Payload.RequestResponseBytesMax);
        if (http.Request.ContentLength > bytesMax) throw Payload.TooLarge(http.Request.ContentLength.Value, named, bytesMax);
        var read = new ArrayBufferWriter<byte>();
        while (await http.Request.Body.ReadAsync(read.GetMemory(), http.RequestAborted) is var count and > 0) read.Advance(count);
        return read.WrittenMemory;
    }

    static string? ClientContext(string? base64)
    {
        if (string.IsNullOrEmpty(base64)) return null;
        if (base64.Length > ClientContextCharactersMax)
            throw LambdaErrors.InvalidParameter($"Client context must be at most {ClientContextCharactersMax} bytes of base64.");
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException)
        {
            throw new AwsException("InvalidRequestContentException", 400, "Client context must be a valid Base64-encoded JSON object.");
        }
    }
}
