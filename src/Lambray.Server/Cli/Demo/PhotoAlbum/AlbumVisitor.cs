using System.Net;
using System.Text.Json.Nodes;
using Lambray.Server.Cli.AwsApi;
using Lambray.Tracing.Segments;

namespace Lambray.Server.Cli.Demo.PhotoAlbum;

/// <summary>Who uses the photo album: asks its HTTP API, and puts into its bucket and table what should not be there.</summary>
/// <remarks>Each act begins a trace of its own, which is sampled.</remarks>
sealed class AlbumVisitor(AwsClient aws, string api, TimeProvider time) : IDisposable
{
    readonly HttpClient http = new();
    readonly Uri address = new(aws.Endpoint, $"/_aws/execute-api/{api}/");
    readonly JsonApi dynamo = new(aws, "dynamodb");

    public async Task<Act> UploadAsync(string album, string title, byte[] picture, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(picture) { Headers = { ContentType = new("image/bmp") } };
        return await AskAsync(HttpMethod.Post, $"photos?album={Uri.EscapeDataString(album)}&title={Uri.EscapeDataString(title)}", content, cancellation);
    }

    public Task<Act> FindPhotoAsync(string id, CancellationToken cancellation) => AskAsync(HttpMethod.Get, $"photos/{id}", null, cancellation);

    public Task<Act> LookAtAsync(string album, CancellationToken cancellation) => AskAsync(HttpMethod.Get, $"albums/{Uri.EscapeDataString(album)}", null, cancellation);

    /// <summary>Past the API, whose requests have to be small.</summary>
    public async Task<TraceId> PutIntoBucketAsync(string album, string id, byte[] picture, CancellationToken cancellation)
    {
        var (trace, headers) = NewTrace();
        await new S3Api(aws).PutObjectAsync(AlbumNames.Bucket, $"photos/{album}/{id}.bmp", picture, headers, cancellation);
        return trace;
    }

    /// <summary>Past the functions: a photo without its size, which cannot be counted.</summary>
    public async Task<TraceId> PutPoisonAsync(string album, CancellationToken cancellation)
    {
        var (trace, headers) = NewTrace();
        await dynamo.CallAsync("DynamoDB_20120810.PutItem", new JsonObject
        {
            ["TableName"] = AlbumNames.Photos,
            ["Item"] = new JsonObject { ["id"] = Text(Guid.NewGuid().ToString()), ["album"] = Text(album), ["title"] = Text("Imported"), ["state"] = Text("announced") },
        }, cancellation, headers);
        return trace;

        static JsonObject Text(string value) => new() { ["S"] = value };
    }

    public void Dispose() => http.Dispose();

    async Task<Act> AskAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        var (trace, headers) = NewTrace();
        using var request = new HttpRequestMessage(method, new Uri(address, path)) { Content = content };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        using var response = await http.SendAsync(request, cancellation);
        var body = await response.Content.ReadAsStringAsync(cancellation);
        return new Act(trace, response.StatusCode, response.Content.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(body) : null);
    }

    (TraceId Trace, Dictionary<string, string> Headers) NewTrace()
    {
        var trace = TraceId.New(time.GetUtcNow());
        return (trace, new() { [TraceHeader.Name] = new TraceHeader(trace, null, SamplingDecision.Sampled).ToString() });
    }
}

/// <summary>What the API answered.</summary>
sealed record Act(TraceId Trace, HttpStatusCode Status, JsonNode? Body)
{
    /// <exception cref="CommandException">It answered something else.</exception>
    public Act Expect(HttpStatusCode status) =>
        Status == status ? this : throw new CommandException($"the API answered {(int)Status} instead of {(int)status} in trace {Trace}: {Body?.ToJsonString()}", ExitCodes.Failed);
}
