using System.Text.Json;

namespace Lambray.Tracing.Segments;

/// <summary>Reads the <c>http</c> block.</summary>
static class HttpReader
{
    public static HttpCall? Read(JsonElement entity)
    {
        // The Node.js SDK writes "traced" on the subsegment itself; the documented place is http.request.
        var traced = entity.Flag("traced");
        if (entity.Block("http") is not { } http) return traced is null ? null : new HttpCall(new HttpRequestPart(Traced: traced));
        return new HttpCall(ReadRequest(http.Block("request"), traced), ReadResponse(http.Block("response")));
    }

    static HttpRequestPart? ReadRequest(JsonElement? block, bool? traced)
    {
        if (block is not { } request) return traced is null ? null : new HttpRequestPart(Traced: traced);
        return new HttpRequestPart(
            request.Text("method"), request.Text("url"), request.Text("user_agent"), request.Text("client_ip"),
            request.Flag("x_forwarded_for"), request.Flag("traced") ?? traced);
    }

    static HttpResponsePart? ReadResponse(JsonElement? block) =>
        block is { } response ? new HttpResponsePart(response.SmallNumber("status"), response.WholeNumber("content_length")) : null;
}
