using System.Text.Json;
using Lambray.Aws;
using Lambray.Functions.Invocation;
using Lambray.Tracing.Segments;

namespace Lambray.Server.AwsFront.Downstream;

/// <summary>A call that a function makes to this server and that no X-Ray SDK in it has recorded: its subsegment is written here.</summary>
/// <remarks>
/// It lies beneath the function's segment, from the request's arrival to the end of the answer, and says in its metadata that
/// it was seen from this side. Whatever the called service records lies beneath it.
/// </remarks>
sealed class DownstreamCall
{
    // Metadata of a namespace of our own; no field of the documented schema tells such a subsegment from the function's own.
    static readonly JsonElement Inferred = JsonElement.Parse("""{"lambray":{"inferred":true}}""");

    readonly DownstreamForm form;
    readonly TraceHeader invocation;
    readonly DateTimeOffset received;
    readonly SegmentId id = SegmentId.New();

    DownstreamCall(DownstreamForm form, TraceHeader invocation, DateTimeOffset received) =>
        (this.form, this.invocation, this.received) = (form, invocation, received);

    /// <returns>Null for every request that is no such call.</returns>
    public static DownstreamCall? Begin(HttpContext http, ServiceFront front)
    {
        if (AwsCall.Of(http).Environment is not { } environment || front.Downstream is not { } form) return null;
        var sent = TraceHeader.Parse(http.Request.Headers[TraceHeader.Name]);
        if (environment.Traced.FindUnrecorded(sent) is not { } invocation) return null;
        var call = new DownstreamCall(form, invocation, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        http.Request.Headers[TraceHeader.Name] = (invocation with { Parent = call.id }).ToString();
        return call;
    }

    /// <summary>The answer is on its way.</summary>
    public void End(HttpContext http)
    {
        var services = http.RequestServices;
        var status = http.Response.StatusCode;
        services.GetRequiredService<SegmentRecorder>().Record(new Subsegment
        {
            TraceId = invocation.Root,
            ParentId = invocation.Parent,
            Id = id,
            Name = form.Name,
            Namespace = "aws",
            StartTime = SegmentTime.From(received),
            EndTime = SegmentTime.From(services.GetRequiredService<TimeProvider>().GetUtcNow()),
            Http = new HttpCall(Response: new HttpResponsePart(status, http.Response.ContentLength)),
            Aws = WriteAws(form.Describe(http), AwsCall.Of(http).RequestId, services.GetRequiredService<AwsHome>()),
            Error = status is >= 400 and < 500,
            Throttle = status == StatusCodes.Status429TooManyRequests,
            Fault = status >= 500,
            Metadata = Inferred,
        });
    }

    static JsonElement WriteAws(DownstreamDescription description, string requestId, AwsHome home)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            if (description.Operation is { } operation) json.WriteString("operation", operation);
            json.WriteString("region", home.Region);
            json.WriteString("request_id", requestId);
            foreach (var (name, value) in description.Parameters)
                if (!string.IsNullOrEmpty(value)) json.WriteString(name, value);
            foreach (var (name, count) in description.Counts)
                if (count is { } number) json.WriteNumber(name, number);
            foreach (var (name, values) in description.Lists) WriteList(json, name, values);
            json.WriteEndObject();
        }
        return JsonElement.Parse(bytes.ToArray());
    }

    static void WriteList(Utf8JsonWriter json, string name, IReadOnlyCollection<string> values)
    {
        if (values.Count == 0) return;
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
