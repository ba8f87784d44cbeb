using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lambray.Server.Cli.AwsApi;

/// <summary>A service of which single calls are made, its requests and answers being JSON.</summary>
/// <param name="service">As in the credential scope.</param>
public sealed class JsonApi(AwsClient aws, string service)
{
    /// <summary>An operation that has an address of its own, as those of Lambda and API Gateway.</summary>
    public Task<JsonNode?> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellation) =>
        SendAsync(new AwsRequest(service, method, path) { Body = Bytes(body), ContentType = "application/json" }, cancellation);

    /// <summary>An operation that a header names, as those of SQS and DynamoDB.</summary>
    /// <param name="target">Such as <c>AmazonSQS.CreateQueue</c>.</param>
    /// <param name="headers">Further headers.</param>
    public Task<JsonNode?> CallAsync(string target, JsonObject body, CancellationToken cancellation, IReadOnlyDictionary<string, string>? headers = null) =>
        SendAsync(new AwsRequest(service, HttpMethod.Post, "/")
        {
            Body = Bytes(body),
            ContentType = "application/x-amz-json-1.0",
            Headers = new Dictionary<string, string>(headers ?? new Dictionary<string, string>()) { ["X-Amz-Target"] = target },
        }, cancellation);

    async Task<JsonNode?> SendAsync(AwsRequest request, CancellationToken cancellation)
    {
        using var response = await aws.SendAsync(request, cancellation);
        var body = await response.Content.ReadAsByteArrayAsync(cancellation);
        return body.Length == 0 ? null : JsonNode.Parse(body);
    }

    static byte[] Bytes(JsonObject? body) => body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(body, AwsApiJson.Default.JsonObject);
}
