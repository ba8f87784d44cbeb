using System.Text.Json;
using Lambray.Aws;

namespace Lambray.Server.AwsFront.CloudWatch;

/// <summary>AWS JSON 1.0, the operation in <c>X-Amz-Target</c>.</summary>
sealed class JsonProtocol : CloudWatchProtocol
{
    const string ContentType = "application/x-amz-json-1.0";

    public override async Task<CloudWatchRequest> ReadAsync(HttpContext http)
    {
        var target = http.Request.Headers["X-Amz-Target"].ToString();
        return new CloudWatchRequest(target[(target.IndexOf('.', StringComparison.Ordinal) + 1)..], await ReadBodyAsync(http));
    }

    public override Task WriteAsync(HttpContext http, string operation, JsonElement? answer)
    {
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
        return http.Response.WriteAsJsonAsync(answer ?? JsonElement.Parse("{}"), CloudWatchJson.Wire.JsonElement, ContentType, http.RequestAborted);
    }

    public override Task WriteErrorAsync(HttpContext http, AwsException error)
    {
        WriteErrorHeaders(http, error);
        return JsonErrors.WriteAsync(http, error, body =>
        {
            body.WriteString("__type", $"com.amazonaws.cloudwatch#{error.Code}");
            body.WriteString("message", error.Message);
        });
    }
}
