using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Aws.Signing;

namespace Lambray.Daemon.Credentials;

/// <summary>Credentials as a container's agent and an instance's metadata hand them out.</summary>
sealed record RoleDocument(string? AccessKeyId, string? SecretAccessKey, string? Token, DateTimeOffset? Expiration, string? Message)
{
    /// <exception cref="CredentialException">It is none.</exception>
    public static IssuedCredentials Read(string json, string source)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RoleDocumentJson.Default.RoleDocument) is { AccessKeyId: { } id, SecretAccessKey: { } secret } document
                ? new IssuedCredentials(new AwsCredentials(id, secret, document.Token), document.Expiration)
                : throw new CredentialException($"{source} gave no keys: {json}");
        }
        catch (JsonException error)
        {
            throw new CredentialException($"{source} gave no credentials: {error.Message}", error);
        }
    }
}

[JsonSerializable(typeof(RoleDocument))]
sealed partial class RoleDocumentJson : JsonSerializerContext;
