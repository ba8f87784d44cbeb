using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Lambray.Aws;

namespace Lambray.Server.Cli.AwsApi;

/// <summary>Reads a refusal in either of AWS's forms: a header with JSON, or XML.</summary>
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
        return XmlError(body, status) ?? new AwsException($"Http{status}", status, response.ReasonPhrase ?? "The answer is no AWS error.");
    }

    static string? JsonMessage(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var fields = json.RootElement;
            if (fields.ValueKind != JsonValueKind.Object) return null;
            // Lambda writes one spelling, X-Ray the other.
            return fields.TryGetProperty("message", out var lower) ? lower.GetString()
                : fields.TryGetProperty("Message", out var upper) ? upper.GetString() : null;
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
