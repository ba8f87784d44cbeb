using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Lambray.Aws;

namespace Lambray.Server.Cli.AwsApi;

/// <summary>Reads a refusal in any of AWS's forms: JSON with the code in a header or in itself, or XML.</summary>
static class AwsErrorReader
{
    const string ErrorTypeHeader = "x-amzn-ErrorType";

    public static async Task<AwsException> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var body = await response.Content.ReadAsStringAsync(cancellation);
        var status = (int)response.StatusCode;
        if (response.Headers.TryGetValues(ErrorTypeHeader, out var types))
            // Some services add the namespace of the error after a colon.
            return new AwsException(types.First().Split(':')[0], status, JsonMessage(body) ?? response.ReasonPhrase ?? "");
        return TypedError(body, status) ?? XmlError(body, status) ?? new AwsException($"Http{status}", status, response.ReasonPhrase ?? "The answer is no AWS error.");
    }

    // "com.amazonaws.dynamodb.v20120810#ResourceInUseException"
    static AwsException? TypedError(string body, int status) =>
        JsonMember(body, "__type") is { } type ? new AwsException(type[(type.IndexOf('#', StringComparison.Ordinal) + 1)..], status, JsonMessage(body) ?? "") : null;

    // Lambda writes one spelling, X-Ray the other.
    static string? JsonMessage(string body) => JsonMember(body, "message") ?? JsonMember(body, "Message");

    static string? JsonMember(string body, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var member) ? member.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static AwsException? XmlError(string body, int status)
    {
        try
        {
            var fields = XDocument.Parse(body).Descendants().ToLookup(element => element.Name.LocalName, element => element.Value);
            return fields["Code"].FirstOrDefault() is { } code ? new AwsException(code, status, fields["Message"].FirstOrDefault() ?? "") : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
