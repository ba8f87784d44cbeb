using System.Text.Json;
using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Server.AwsFront.Query;
using Lambray.Server.AwsFront.Xml;

namespace Lambray.Server.AwsFront.Sqs;

/// <summary>The query protocol, to which older SDKs and the AWS CLI keep: forms whose lists and maps are numbered members, and XML.</summary>
sealed class SqsQueryProtocol : SqsProtocol
{
    const string ContentType = "text/xml";

    static readonly XNamespace Space = "http://queue.amazonaws.com/doc/2012-11-05/";

    public override async Task<SqsRequest> ReadAsync(HttpContext http)
    {
        var request = await QueryRequest.Read(http.Request);
        return new SqsRequest(request.Action, SqsForm.ToJson(request.Parameters, http.Request.Path));
    }

    public override Task WriteAsync(HttpContext http, string operation, JsonElement? answer)
    {
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
        var response = new XElement(Space + $"{operation}Response");
        if (answer is { } result) response.Add(new XElement(Space + $"{operation}Result", SqsXml.Members(Space, operation, result)));
        response.Add(new XElement(Space + "ResponseMetadata", new XElement(Space + "RequestId", AwsCall.Of(http).RequestId)));
        return http.WriteXml(StatusCodes.Status200OK, response, ContentType);
    }

    public override Task WriteErrorAsync(HttpContext http, AwsException error)
    {
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
        var response = new XElement(
            Space + "ErrorResponse",
            new XElement(
                Space + "Error", new XElement(Space + "Type", error.Status < 500 ? "Sender" : "Receiver"), new XElement(Space + "Code", QueryCodeOf(error.Code)),
                new XElement(Space + "Message", error.Message), new XElement(Space + "Detail")),
            new XElement(Space + "RequestId", AwsCall.Of(http).RequestId));
        return http.WriteXml(error.Status, response, ContentType);
    }

    public override string EntryCode(AwsException error) => QueryCodeOf(error.Code);
}
