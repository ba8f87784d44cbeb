using System.Text.Json;
using Lambray.Aws;

namespace Lambray.Server.AwsFront.Sqs;

/// <summary>AWS JSON 1.0, the operation in <c>X-Amz-Target: AmazonSQS.SendMessage</c>.</summary>
sealed class SqsJsonProtocol : SqsProtocol
{
    const string ContentType = "application/x-amz-json-1.0";

    static readonly HashSet<string> CommonErrors = ["InvalidParameterValueException", "MissingRequiredParameterException"];

    public override async Task<SqsRequest> ReadAsync(HttpContext http)
    {
        var target = http.Request.Headers["X-Amz-Target"].ToString();
        using var body = new MemoryStream((int)(http.Request.ContentLength ?? 0));
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return new SqsRequest(target[(target.IndexOf('.', StringComparison.Ordinal) + 1)..], body.Length == 0 ? "{}"u8.ToArray() : body.GetBuffer().AsMemory(0, (int)body.Length));
    }

    public override Task WriteAsync(HttpContext http, string operation, JsonElement? answer)
    {
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
        http.Response.ContentType = ContentType;
        if (answer is { } fields) return http.Response.WriteAsJsonAsync(fields, SqsJson.Wire.JsonElement, ContentType, http.RequestAborted);
        http.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    public override Task WriteErrorAsync(HttpContext http, AwsException error)
    {
        http.Response.Headers["x-amzn-query-error"] = $"{QueryCodeOf(error.Code)};{(error.Status < 500 ? "Sender" : "Receiver")}";
        // A queue that is not there is a 400 in both protocols.
        return JsonErrors.WriteAsync(http, error, body =>
        {
            body.WriteString("__type", $"{(CommonErrors.Contains(error.Code) ? "com.amazon.coral.service" : "com.amazonaws.sqs")}#{error.Code}");
            body.WriteString("message", error.Message);
        });
    }

    public override string EntryCode(AwsException error) => QueryCodeOf(error.Code);
}
