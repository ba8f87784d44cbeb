using System.Collections.Frozen;
using System.Formats.Cbor;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lambray.Aws;
using Lambray.Server.AwsFront.Cbor;

namespace Lambray.Server.AwsFront.CloudWatch;

/// <summary>Smithy's RPC v2 in CBOR, the operation in the path ("Smithy RPC v2 CBOR protocol" in the Smithy specification).</summary>
sealed class CborProtocol : CloudWatchProtocol
{
    public const string Path = "/service/{service}/operation/{operation}";

    const string ContentType = "application/cbor";
    const string ProtocolHeader = "smithy-protocol";

    static readonly CborForm Form = new(AnswerTimes.Names, FrozenSet<string>.Empty, IsOfAws: false);

    public override async Task<CloudWatchRequest> ReadAsync(HttpContext http)
    {
        var body = await ReadBodyAsync(http);
        try
        {
            var fields = body.Length == 0 ? "{}"u8.ToArray() : CborAsJson.Read(body, Form);
            return new CloudWatchRequest((string)http.Request.RouteValues["operation"]!, fields);
        }
        catch (Exception error) when (error is CborContentException or InvalidOperationException or OverflowException)
        {
            throw Malformed(error);
        }
    }

    public override Task WriteAsync(HttpContext http, string operation, JsonElement? answer)
    {
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
        return WriteBodyAsync(http, answer ?? JsonElement.Parse("{}"));
    }

    public override Task WriteErrorAsync(HttpContext http, AwsException error)
    {
        WriteErrorHeaders(http, error);
        var body = new JsonObject { ["__type"] = $"com.amazonaws.cloudwatch#{error.Code}", ["message"] = error.Message };
        return WriteBodyAsync(http, JsonElement.Parse(body.ToJsonString()));
    }

    static async Task WriteBodyAsync(HttpContext http, JsonElement body)
    {
        var bytes = CborAsJson.Write(body, Form);
        http.Response.Headers[ProtocolHeader] = "rpc-v2-cbor";
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }
}
