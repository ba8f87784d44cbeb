using System.Xml.Linq;

namespace Lambray.Server.Cli.AwsApi;

/// <summary>A service of the query protocol: forms are sent, XML comes back.</summary>
/// <param name="service">As in the credential scope.</param>
/// <param name="version">Of the service's API.</param>
public sealed class QueryApi(AwsClient aws, string service, string version)
{
    public async Task<XDocument> CallAsync(string action, Dictionary<string, string> parameters, CancellationToken cancellation)
    {
        using var form = new FormUrlEncodedContent([new("Action", action), new("Version", version), .. parameters]);
        var request = new AwsRequest(service, HttpMethod.Post, "/")
        {
            Body = await form.ReadAsByteArrayAsync(cancellation),
            ContentType = "application/x-www-form-urlencoded; charset=utf-8",
        };
        using var response = await aws.SendAsync(request, cancellation);
        return XDocument.Parse(await response.Content.ReadAsStringAsync(cancellation));
    }

    /// <summary>The same for an answer of which one element is wanted.</summary>
    public async Task<string> CallAsync(string action, Dictionary<string, string> parameters, string element, CancellationToken cancellation) =>
        (await CallAsync(action, parameters, cancellation)).Descendants().First(found => found.Name.LocalName == element).Value;
}
