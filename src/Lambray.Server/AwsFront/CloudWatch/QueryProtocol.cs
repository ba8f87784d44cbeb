using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Server.AwsFront.Xml;
using Microsoft.AspNetCore.WebUtilities;

namespace Lambray.Server.AwsFront.CloudWatch;

/// <summary>AWS's query protocol: requests are forms with an <c>Action</c>, answers are XML.</summary>
sealed class QueryProtocol : CloudWatchProtocol
{
    // A thousand metrics, each with a hundred values and their counts.
    const int ParametersMax = 400_000;
    const string ContentType = "text/xml";

    static readonly XNamespace Space = "http://monitoring.amazonaws.com/doc/2010-08-01/";

    public override async Task<CloudWatchRequest> ReadAsync(HttpContext http)
    {
        using var body = new MemoryStream(await ReadBodyAsync(http));
        try
        {
            using var reader = new FormReader(body) { ValueCountLimit = ParametersMax };
            var parameters = (await reader.ReadFormAsync(http.RequestAborted)).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
            foreach (var (name, value) in http.Request.Query) parameters.TryAdd(name, value.ToString());
            return parameters.GetValueOrDefault("Action") is { } action
                ? new CloudWatchRequest(action, QueryTree.Of(parameters).ToJson())
                : throw new AwsException("MissingAction", 400, "The request is missing an action or a required parameter.");
        }
        catch (InvalidDataException error)
        {
            throw Malformed(error);
        }
    }

    public override Task WriteAsync(HttpContext http, string operation, JsonElement? answer)
    {
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
        var response = new XElement(Space + $"{operation}Response");
        if (answer is { } result) response.Add(Element($"{operation}Result", result, isTime: false));
        response.Add(new XElement(Space + "ResponseMetadata", new XElement(Space + "RequestId", AwsCall.Of(http).RequestId)));
        return http.WriteXml(StatusCodes.Status200OK, response, ContentType);
    }

    public override Task WriteErrorAsync(HttpContext http, AwsException error)
    {
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
        var response = new XElement(
            Space + "ErrorResponse",
            new XElement(
                Space + "Error", new XElement(Space + "Type", error.Status < 500 ? "Sender" : "Receiver"), new XElement(Space + "Code", QueryCodeOf(error)),
                new XElement(Space + "Message", error.Message)),
            new XElement(Space + "RequestId", AwsCall.Of(http).RequestId));
        return http.WriteXml(error.Status, response, ContentType);
    }

    static XElement Element(string name, JsonElement value, bool isTime) => new(Space + name, value.ValueKind switch
    {
        // The only map of these operations.
        JsonValueKind.Object when name == "ExtendedStatistics" => value.EnumerateObject().Select(entry => new XElement(
            Space + "entry", new XElement(Space + "key", entry.Name), new XElement(Space + "value", entry.Value.GetRawText()))),
        JsonValueKind.Object => value.EnumerateObject().Select(member => Element(member.Name, member.Value, AnswerTimes.Names.Contains(member.Name))),
        JsonValueKind.Array => value.EnumerateArray().Select(member => Element("member", member, isTime)),
        JsonValueKind.Number when isTime => DateTimeOffset.UnixEpoch.AddSeconds(value.GetDouble()).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    });
}

/// <summary>The members of answers that are times: numbers in JSON, but neither in XML nor in CBOR.</summary>
static class AnswerTimes
{
    public static readonly IReadOnlySet<string> Names = new HashSet<string> { "Timestamp", "Timestamps" };
}
