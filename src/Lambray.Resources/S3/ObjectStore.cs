using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.S3;

/// <summary>The objects in the buckets of the account: bodies in files, all else in the database.</summary>
/// <remarks>
/// A put goes in steps, so that a crash at any moment leaves either the old object or the new: (1) the body is received into a file and
/// synced, (2) the file is moved to its place, (3) the row that names it is committed, and only then acknowledged, (4) the file that it replaced is removed.
/// Files that no row names are removed when the store is opened.
/// </remarks>
public sealed class ObjectStore
{
    const int UserMetadataBytesMax = 2048;
    readonly SqliteDatabase database;
    readonly ObjectFiles files;
    readonly TimeProvider time;

    public ObjectStore(SqliteDatabase database, ObjectFiles files, TimeProvider time)
    {
        (this.database, this.files, this.time) = (database, files, time);
        files.DeleteOrphans(shard => database.Read(connection => ObjectRows.ListFiles(connection, shard)));
    }

    /// <summary>Takes a body in, in constant memory. It becomes visible only by <see cref="PutObject"/>.</summary>
    /// <returns>To be disposed by the caller, whether it was put or not.</returns>
    public Task<ReceivedBody> Receive(
        Stream body, ChecksumAlgorithm algorithm = ChecksumAlgorithm.Crc64Nvme, bool withSha256 = false, CancellationToken cancellation = default) =>
        ReceivedBody.Receive(files, body, algorithm, withSha256, cancellation);

    /// <summary>Puts a received body under a key, in place of whatever was there. On disk once the task completes.</summary>
    /// <exception cref="Aws.AwsException">NoSuchBucket, KeyTooLongError, MetadataTooLarge, or PreconditionFailed.</exception>
    public async Task<StoredObject> PutObject(string bucket, string key, ReceivedBody body, ObjectMetadata metadata, WriteConditions? conditions = null)
    {
        CheckObject(key, metadata);
        body.Publish();
        var stored = new StoredObject(bucket, key, body.Size, body.Md5, time.GetUtcNow(), body.Checksum, metadata, body.File);
        string? replaced;
        try
        {
            replaced = await database.WriteAsync(connection => Put(connection, stored, conditions ?? WriteConditions.None));
        }
        catch
        {
            files.Delete(body.File);
            throw;
        }
        if (replaced is not null) files.Delete(replaced);
        return stored;
    }

    /// <summary>Refuses early what <see cref="PutObject"/> would refuse once the body is there.</summary>
    public void CheckPut(string bucket, string key, ObjectMetadata metadata)
    {
        CheckObject(key, metadata);
        database.Read(connection => RequireBucket(connection, bucket));
    }

    public StoredObject GetObject(string bucket, string key) => database.Read(connection =>
    {
        RequireBucket(connection, bucket);
        return ObjectRows.Find(connection, bucket, key) ?? throw S3Errors.NoSuchKey(key);
    });

    /// <summary>An object with its body, which stays readable even if the object is replaced or deleted meanwhile.</summary>
    public (StoredObject Stored, FileStream Body) OpenObject(string bucket, string key)
    {
        var stored = GetObject(bucket, key);
        while (true)
        {
            try
            {
                return (stored, files.OpenRead(stored.File));
            }
            catch (FileNotFoundException)
            {
                // Replaced between the two reads: look again. The same row once more would mean that the file is truly lost.
                var again = GetObject(bucket, key);
                if (again.File == stored.File) throw;
                stored = again;
            }
        }
    }

    /// <summary>Deleting what is not there is no error.</summary>
    public async Task DeleteObject(string bucket, string key)
    {
        var file = await database.WriteAsync(connection =>
        {
            RequireBucket(connection, bucket);
            return ObjectRows.Delete(connection, bucket, key);
        });
        if (file is not null) files.Delete(file);
    }

    public ObjectListing ListObjects(ListRequest request) => database.Read(connection =>
    {
        RequireBucket(connection, request.Bucket);
        return ObjectListing.Read(connection, request);
    });

    static string? Put(SqliteConnection connection, StoredObject stored, WriteConditions conditions)
    {
        RequireBucket(connection, stored.Bucket);
        var existing = ObjectRows.Find(connection, stored.Bucket, stored.Key);
        conditions.Check(stored.Key, existing);
        ObjectRows.Put(connection, stored);
        return existing?.File;
    }

    static void CheckObject(string key, ObjectMetadata metadata)
    {
        ObjectKey.Check(key);
        if (metadata.User.Sum(pair => ObjectKey.Bytes(pair.Key).Length + ObjectKey.Bytes(pair.Value).Length) > UserMetadataBytesMax)
            throw S3Errors.MetadataTooLarge();
    }

    static Bucket RequireBucket(SqliteConnection connection, string bucket) => BucketStore.Find(connection, bucket) ?? throw S3Errors.NoSuchBucket(bucket);
}
