using Lambray.Storage;

namespace Lambray.Resources.S3.Settings;

/// <summary>What is set for buckets: documents by name, such as <c>cors</c> and <c>policy</c>. A change is on disk once its task completes.</summary>
public sealed class BucketSettings(SqliteDatabase database)
{
    /// <summary>Null when it was never set, or is no longer.</summary>
    /// <exception cref="Aws.AwsException">NoSuchBucket.</exception>
    public string? Find(string bucket, string name, string id = "") => database.Read(connection =>
    {
        BucketStore.Require(connection, bucket);
        return SettingRows.Find(connection, bucket, name, id);
    });

    /// <summary>Those of one name in the order of their ids.</summary>
    public IReadOnlyList<string> List(string bucket, string name, string after, int count) => database.Read(connection =>
    {
        BucketStore.Require(connection, bucket);
        return SettingRows.List(connection, bucket, name, after, count);
    });

    public Task Put(string bucket, string name, string document, string id = "") => database.WriteAsync(connection =>
    {
        BucketStore.Require(connection, bucket);
        SettingRows.Put(connection, bucket, name, id, document);
    });

    /// <summary>Removing what is not set is no error.</summary>
    public Task Delete(string bucket, string name, string id = "") => database.WriteAsync(connection =>
    {
        BucketStore.Require(connection, bucket);
        SettingRows.Delete(connection, bucket, name, id);
    });
}
