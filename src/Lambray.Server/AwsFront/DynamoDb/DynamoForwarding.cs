using System.Text.Json;
using Lambray.Aws.Signing;
using Lambray.Server.AwsFront.Forwarding;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>Passes DynamoDB and its streams on to an existing server; the traces of functions show which table was called.</summary>
sealed class DynamoForwarding(ForwardTarget target, RequestSigner signer) : ServiceForwarding(DynamoForwarding.Name, target, signer)
{
    public const string Name = "dynamodb";

    public static ForwardingForm Form { get; } = new(Name, (target, time) => new DynamoForwarding(target, new RequestSigner(Name, target.Region, time)).ServeAsync);

    protected override Task RecognizeAsync(HttpContext http)
    {
        var body = (MemoryStream)http.Request.Body;
        http.Features.Set(new DynamoRequest(DynamoDoor.OperationOf(http.Request), body.ToArray()) { Table = TableIn(body) });
        return Task.CompletedTask;
    }

    static string? TableIn(MemoryStream body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
            return document.RootElement.TryGetProperty("TableName", out var name) ? name.GetString() : null;
        }
        // The other server will say what is wrong with it.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
