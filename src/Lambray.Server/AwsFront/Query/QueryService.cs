using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Server.AwsFront.Downstream;
using Lambray.Server.AwsFront.Xml;

namespace Lambray.Server.AwsFront.Query;

/// <summary>A service of AWS's query protocol: requests are forms with an <c>Action</c>, answers are XML in the service's namespace.</summary>
sealed class QueryService(string name, XNamespace space, IReadOnlyDictionary<string, RequestDelegate> operations)
{
    /// <summary>Policy documents, the largest parameters, have at most 128 KB before they are escaped.</summary>
    public const long RequestBytesMax = 1024 * 1024;
    const string ContentType = "text/xml";

    /// <exception cref="AwsException">What the operation refuses; to be written by <see cref="WriteError"/>.</exception>
    public async Task Serve(HttpContext http)
    {
        http.Response.Headers["x-amzn-RequestId"] = AwsCall.Of(http).RequestId;
        var request = await QueryRequest.Read(http.Request);
        if (!operations.TryGetValue(request.Action, out var operation))
            throw new AwsException("NotImplemented", 501, $"Lambray does not have the operation {request.Action} of {name}.");
        http.Features.Set(request);
        await operation(http);
    }

    /// <summary>How a call of such a service looks in a trace.</summary>
    public static DownstreamForm DownstreamForm(string name) => new(name, http => new DownstreamDescription(http.Features.Get<QueryRequest>()?.Action));

    /// <summary>Writes <c>&lt;ActionResponse&gt;</c>, with what the operation gives back in <c>&lt;ActionResult&gt;</c>.</summary>
    public Task WriteAnswer(HttpContext http, params XElement[] result) => WriteAnswer(http, hasResult: result.Length > 0, result);

    /// <summary>Of operations whose answer has a result with nothing in it.</summary>
    public Task WriteEmptyResult(HttpContext http) => WriteAnswer(http, hasResult: true, []);

    Task WriteAnswer(HttpContext http, bool hasResult, XElement[] result)
    {
        var action = http.GetQueryRequest().Action;
        var response = new XElement(action + "Response");
        if (hasResult) response.Add(new XElement(action + "Result", result.Cast<object>().ToArray()));
        response.Add(new XElement("ResponseMetadata", new XElement("RequestId", AwsCall.Of(http).RequestId)));
        return http.WriteXml(200, InNamespace(response), ContentType);
    }

    public Task WriteError(HttpContext http, AwsException error)
    {
        http.Response.Headers["x-amzn-RequestId"] = AwsCall.Of(http).RequestId;
        var type = error.Status < 500 ? "Sender" : "Receiver";
        var response = new XElement(
            "ErrorResponse",
            new XElement("Error", new XElement("Type", type), new XElement("Code", error.Code), new XElement("Message", error.Message)),
            new XElement("RequestId", AwsCall.Of(http).RequestId));
        return http.WriteXml(error.Status, InNamespace(response), ContentType);
    }

    XElement InNamespace(XElement root)
    {
        foreach (var element in root.DescendantsAndSelf()) element.Name = space + element.Name.LocalName;
        return root;
    }
}
