using System.Net;
using System.Text.Json;

namespace Lambray.Tests.Server;

/// <summary>What a request to the API was answered.</summary>
/// <param name="Code">AWS's error code, when it failed.</param>
public sealed record ApiAnswer(HttpStatusCode Status, string? Code, string Body)
{
    public JsonElement Json => JsonElement.Parse(Body);

    /// <summary>The body of an answer without error.</summary>
    public JsonElement Succeeded => (int)Status < 300 ? Json : throw new InvalidOperationException($"{Status} {Body}");
}
