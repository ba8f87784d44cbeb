using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Lambray.Aws;
using Lambray.Storage;

namespace Lambray.Tracing.AccountSettings;

/// <summary>How the account wants its traces encrypted: by default, or with a key of KMS. It is kept and told; nothing here is encrypted with it.</summary>
public sealed partial class EncryptionSetting(SqliteDatabase database, AwsHome home)
{
    const string Name = "encryption";
    const int KeyIdLengthMax = 3000;

    readonly RecordSet<EncryptionRecord> records = new(database, "encryption", EncryptionJson.Default.EncryptionRecord);

    /// <summary>The ARN of the key; null for the default encryption.</summary>
    public string? KeyArn => records.Find(Name)?.KeyArn;

    /// <param name="keyId">An alias, an id or an ARN; null for the default encryption.</param>
    /// <exception cref="AwsException">InvalidRequestException: it names no key.</exception>
    public Task PutAsync(string? keyId)
    {
        var arn = keyId is null ? null : ArnOf(XRayLimits.Text(keyId, "KeyId", 1, KeyIdLengthMax));
        return records.PutAsync(_ => (Name, new EncryptionRecord(arn)));
    }

    string ArnOf(string keyId) =>
        Alias.IsMatch(keyId) ? home.Regional("kms", keyId).ToString()
        : KeyId.IsMatch(keyId) ? home.Regional("kms", "key/" + keyId).ToString()
        : Arn.TryParse(keyId, out var arn) && arn.Service == "kms" && (Alias.IsMatch(arn.Resource) || arn.Resource.StartsWith("key/", StringComparison.Ordinal)) ? keyId
        : throw XRayErrors.InvalidRequest($"KeyId {keyId} is neither an alias nor the id nor the ARN of a key.");

    [GeneratedRegex(@"^alias/[\w/-]+\z")]
    static partial Regex Alias { get; }

    [GeneratedRegex(@"^(mrk-[0-9a-f]{32}|[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})\z")]
    static partial Regex KeyId { get; }
}

sealed record EncryptionRecord(string? KeyArn);

[JsonSerializable(typeof(EncryptionRecord))]
sealed partial class EncryptionJson : JsonSerializerContext;
