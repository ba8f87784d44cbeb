using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.S3.Settings;

/// <summary>How long new versions in a bucket are retained unless their writer says otherwise (<c>DefaultRetention</c> of an Object Lock configuration).</summary>
/// <param name="Years">In place of <paramref name="Days"/>.</param>
public sealed record DefaultRetention(string Mode, int? Days, int? Years)
{
    public const string SettingName = "object-lock";

    public static DefaultRetention? Read(string? document) =>
        document is null ? null : JsonSerializer.Deserialize(document, DefaultRetentionJson.Default.DefaultRetention);

    public string Write() => JsonSerializer.Serialize(this, DefaultRetentionJson.Default.DefaultRetention);

    /// <summary>The lock of a new version.</summary>
    /// <exception cref="Aws.AwsException">InvalidRequest when it is to be locked and the bucket has no locks.</exception>
    internal static ObjectLock Apply(SqliteConnection connection, Bucket bucket, ObjectLock wanted, DateTimeOffset now)
    {
        if (!bucket.HasObjectLock) return wanted == ObjectLock.None ? wanted : throw S3Errors.InvalidRequest("Bucket is missing Object Lock Configuration");
        if (wanted.Mode is not null || Read(SettingRows.Find(connection, bucket.Name, SettingName)) is not { } retention) return wanted;
        return wanted with { Mode = retention.Mode, RetainUntil = retention.Years is { } years ? now.AddYears(years) : now.AddDays(retention.Days ?? 0) };
    }
}

[JsonSerializable(typeof(DefaultRetention))]
sealed partial class DefaultRetentionJson : JsonSerializerContext;
