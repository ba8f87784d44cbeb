using System.Text.Json;

namespace Lambray.Tracing.Segments;

/// <summary>Reads the <c>http</c> block.</summary>
static class HttpReader
{
    public static HttpCall? Read(in EntityFields entity)
    {
        // The Node.js SDK writes "traced" on the subsegment itself; the documented place is http.request.
        var traced = entity.Traced.AsFlag();
        if (entity.Http.ValueKind != JsonValueKind.Object) return traced is null ? null : new HttpCall(new HttpRequestPart(Traced: traced));
        var (request, response) = (default(JsonElement), default(JsonElement));
        foreach (var property in entity.Http.EnumerateObject())
        {
            if (property.NameEquals("request"u8)) request = property.Value;
            else if (property.NameEquals("response"u8)) response = property.Value;
        }
        return new HttpCall(ReadRequest(request, traced), ReadResponse(response));
    }

    static HttpRequestPart? ReadRequest(JsonElement request, bool? traced)
    {
        if (request.ValueKind != JsonValueKind.Object) return traced is null ? null : new HttpRequestPart(Traced: traced);
        return new HttpRequestPart(
            request.Text("method"), request.Text("url"), request.Text("user_agent"), request.Text("client_ip"),
            request.Flag("x_forwarded_for"), request.Flag("traced") ?? traced);
    }

    static HttpResponsePart? ReadResponse(JsonElement response)
    {
        if (response.ValueKind != JsonValueKind.Object) return null;
        var (status, length) = (default(JsonElement), default(JsonElement));
        foreach (var property in response.EnumerateObject())
        {
            if (property.NameEquals("status"u8)) status = property.Value;
            else if (property.NameEquals("content_length"u8)) length = property.Value;
        }
        return new HttpResponsePart(status.AsSmallNumber(), length.AsWholeNumber());
    }
}
