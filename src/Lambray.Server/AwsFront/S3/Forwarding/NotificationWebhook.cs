using System.Text.Json;
using Lambray.Aws;
using Lambray.Functions.Invocation;
using Lambray.Functions.Registry;
using Lambray.Tracing.Segments;

namespace Lambray.Server.AwsFront.S3.Forwarding;

/// <summary>Where an existing server posts its notifications, in S3's form: <c>/_lambray/webhooks/s3/FUNCTION</c> invokes that function with them.</summary>
static class NotificationWebhook
{
    const string Path = ServiceDispatch.ConsolePrefix + "/webhooks/s3/{function}";

    public static void MapNotificationWebhook(this IEndpointRouteBuilder routes) => routes.MapPost(Path, Deliver);

    /// <summary>The event is in the function's queue, and on disk, before the answer; senders repeat what was not answered with success.</summary>
    static async Task Deliver(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        if (FindRecords(body) is { } records)
        {
            var home = http.Service<AwsHome>();
            var function = FunctionName.Parse((string)http.Request.RouteValues["function"]!, qualifier: null, home);
            await http.Service<Invoker>().EnqueueAsync(new InvokeRequest(
                function, AwsCall.Of(http).RequestId, records, TraceHeader.Parse(http.Request.Headers[TraceHeader.Name]), ClientContext: null,
                http.Service<TimeProvider>().GetUtcNow()));
        }
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    /// <summary>What functions get of it; servers write further members around the records.</summary>
    /// <returns>Null for a test event, of which functions do not hear.</returns>
    static byte[]? FindRecords(MemoryStream body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
            if (document.RootElement.TryGetProperty("Event", out var name) && name.ValueEquals("s3:TestEvent")) return null;
            if (!document.RootElement.TryGetProperty("Records", out var records) || records.ValueKind != JsonValueKind.Array) throw Unknown();
            using var bytes = new MemoryStream();
            using (var json = new Utf8JsonWriter(bytes))
            {
                json.WriteStartObject();
                json.WritePropertyName("Records");
                records.WriteTo(json);
                json.WriteEndObject();
            }
            return bytes.ToArray();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw Unknown();
        }
    }

    static AwsException Unknown() => new("InvalidRequest", 400, "It is no notification of S3's: a JSON object with Records.");
}
