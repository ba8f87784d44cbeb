using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Resources.Iam.Policies;
using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>Sessions that were asked for over STS, as they stand in the database.</summary>
static class SessionRows
{
    public static void Insert(SqliteConnection connection, TemporaryCredentials session) => connection.Run(
        "INSERT INTO sessions (access_key, secret, token, expires, identity) VALUES ($1, $2, $3, $4, $5)",
        session.AccessKeyId, session.SecretAccessKey, session.SessionToken, session.Expiration.ToUnixTimeMilliseconds(),
        JsonSerializer.Serialize(StoredIdentity.Of(session.Identity), SessionJson.Default.StoredIdentity));

    public static List<TemporaryCredentials> List(SqliteConnection connection) => connection.All(
        "SELECT access_key, secret, token, expires, identity FROM sessions",
        row => new TemporaryCredentials(
            row.GetString(0), row.GetString(1), row.GetString(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
            JsonSerializer.Deserialize(row.GetString(4), SessionJson.Default.StoredIdentity)!.ToIdentity()));

    public static void DeleteExpired(SqliteConnection connection, DateTimeOffset before) =>
        connection.Run("DELETE FROM sessions WHERE expires <= $1", before.ToUnixTimeMilliseconds());
}

/// <summary>Whose session it is, as JSON.</summary>
sealed record StoredIdentity(
    string AccountId, string Arn, string UserId, string? Role, string? Issuer, bool IsTemporary, IReadOnlyList<string>? Policies, IReadOnlyList<Tag> Tags,
    IReadOnlyList<string> TransitiveTagKeys, string? SourceIdentity)
{
    public static StoredIdentity Of(CallerIdentity identity) => new(
        identity.AccountId, identity.Arn.ToString(), identity.UserId, identity.Role?.ToString(), identity.Issuer?.ToString(), identity.IsTemporary,
        identity.SessionPolicies?.Select(policy => policy.Json).ToArray(), identity.SessionTags, identity.TransitiveTagKeys, identity.SourceIdentity);

    public CallerIdentity ToIdentity() => new(AccountId, Read(Arn), UserId, ReadOptional(Role))
    {
        Issuer = ReadOptional(Issuer),
        IsTemporary = IsTemporary,
        SessionPolicies = Policies?.Select(json => PolicyDocument.Parse(json, PolicyKind.Identity)).ToArray(),
        SessionTags = Tags,
        TransitiveTagKeys = TransitiveTagKeys,
        SourceIdentity = SourceIdentity,
    };

    static Arn Read(string arn) => Aws.Arn.TryParse(arn, out var read) ? read : throw new FormatException($"{arn} is no ARN.");

    static Arn? ReadOptional(string? arn) => arn is null ? null : Read(arn);
}

[JsonSerializable(typeof(StoredIdentity))]
sealed partial class SessionJson : JsonSerializerContext;
