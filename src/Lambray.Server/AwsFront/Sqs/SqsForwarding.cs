using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using Lambray.Aws.Signing;
using Lambray.Server.AwsFront.Forwarding;

namespace Lambray.Server.AwsFront.Sqs;

/// <summary>Queues of another server: their addresses lead here, since SDKs send to a queue's address whatever their endpoint is.</summary>
/// <remarks>Only host and port are ours; the path, by which servers tell queues apart, stays.</remarks>
sealed class SqsForwarding(ForwardTarget target, TimeProvider time) : ServiceForwarding(Name, target, new RequestSigner(Name, target.Region, time))
{
    public const string Name = "sqs";

    static readonly FrozenSet<string> TellingAddresses = ["CreateQueue", "GetQueueUrl", "ListQueues", "ListDeadLetterSourceQueues"];

    readonly string theirs = target.Endpoint.GetLeftPart(UriPartial.Authority);

    protected override async Task RecognizeAsync(HttpContext http)
    {
        var request = await SqsProtocol.Of(http).ReadAsync(http);
        request.QueueUrl = (TryParse(request.Fields.Span)?["QueueUrl"] as JsonValue)?.ToString();
        http.Features.Set(request);
    }

    protected override byte[] WithTheirAddresses(HttpContext http, byte[] body)
    {
        // Whatever the answer is compressed with could not be read for the addresses in it.
        http.Request.Headers.Remove("Accept-Encoding");
        if (http.Request.HasFormContentType) return Encoding.UTF8.GetBytes(string.Join('&', Encoding.UTF8.GetString(body).Split('&').Select(TheirParameter)));
        if (TryParse(body) is not { } fields || fields["QueueUrl"] is not JsonValue url) return body;
        fields["QueueUrl"] = At(theirs, url.ToString());
        return Encoding.UTF8.GetBytes(fields.ToJsonString());
    }

    protected override async Task PassBackAsync(HttpContext http, HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode || http.Features.Get<SqsRequest>() is not { } request || !TellingAddresses.Contains(request.Operation))
        {
            await base.PassBackAsync(http, answer);
            return;
        }
        var body = await answer.Content.ReadAsByteArrayAsync(http.RequestAborted);
        await OtherServer.PassBackAsync(answer, http, WithOurAddresses(body, $"{http.Request.Scheme}://{http.Request.Host}"));
    }

    static byte[] WithOurAddresses(byte[] answer, string ours)
    {
        if (TryParse(answer) is { } fields)
        {
            if (fields["QueueUrl"] is JsonValue url) fields["QueueUrl"] = At(ours, url.ToString());
            // ListDeadLetterSourceQueues writes it small.
            foreach (var list in (ReadOnlySpan<string>)["QueueUrls", "queueUrls"])
                if (fields[list] is JsonArray urls) fields[list] = new JsonArray([.. urls.Select(one => JsonValue.Create(At(ours, one!.ToString())))]);
            return Encoding.UTF8.GetBytes(fields.ToJsonString());
        }
        try
        {
            var xml = XDocument.Parse(Encoding.UTF8.GetString(answer), LoadOptions.PreserveWhitespace);
            foreach (var url in xml.Descendants().Where(element => element.Name.LocalName == "QueueUrl")) url.Value = At(ours, url.Value);
            return Encoding.UTF8.GetBytes(xml.ToString(SaveOptions.DisableFormatting));
        }
        catch (XmlException)
        {
            return answer;
        }
    }

    string TheirParameter(string parameter) =>
        parameter.Split('=', 2) is ["QueueUrl", var url] ? $"QueueUrl={Uri.EscapeDataString(At(theirs, Uri.UnescapeDataString(url)))}" : parameter;

    static string At(string server, string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme.StartsWith("http", StringComparison.Ordinal) ? server + address.AbsolutePath : url;

    static JsonObject? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
