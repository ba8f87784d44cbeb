using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.S3.Versions;

/// <summary>What putting and deleting does to the versions of a key ("How S3 Versioning works" in the S3 User Guide).</summary>
/// <remarks>
/// <code>
/// versioning   put                                   delete                                        delete of a version
/// never        takes the place of what is there      removes it                                    removes it, the newest of the rest becomes current,
/// Enabled      what is there stays as a version      it stays as a version, beneath a marker       unless that is a delete marker
/// Suspended    as Enabled, but the version and the marker are called null and take the place of the one that was called so
/// </code>
/// </remarks>
static class ObjectHistory
{
    const int VersionIdLength = 32;
    const string VersionIdCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static StoredObject Put(ObjectChange change, Bucket bucket, StoredObject fresh)
    {
        var stored = Named(change, bucket, fresh);
        MakeWay(change, bucket, stored.Key);
        ObjectRows.Insert(change.Connection, stored);
        return stored;
    }

    /// <returns>The delete marker; null in a bucket without versions.</returns>
    public static StoredObject? PutMarker(ObjectChange change, Bucket bucket, string key, DateTimeOffset now)
    {
        MakeWay(change, bucket, key);
        if (bucket.Versioning == Versioning.Never) return null;
        var marker = Named(change, bucket, new StoredObject(
            bucket.Name, key, 0, [], now, new Checksum(ChecksumAlgorithm.Crc64Nvme, []), ObjectMetadata.None, File: ""));
        VersionRows.Insert(change.Connection, marker);
        return marker;
    }

    public static void Remove(ObjectChange change, StoredObject version)
    {
        var current = ObjectRows.Find(change.Connection, version.Bucket, version.Key);
        if (current?.VersionId == version.VersionId) ObjectRows.Delete(change.Connection, version);
        else VersionRows.Delete(change.Connection, version);
        change.Drop(version);
        if (current is not null && current.VersionId != version.VersionId) return;
        if (VersionRows.FindNewest(change.Connection, version.Bucket, version.Key) is not { IsDeleteMarker: false } newest) return;
        VersionRows.Delete(change.Connection, newest);
        ObjectRows.Insert(change.Connection, newest);
    }

    /// <param name="version">Null for the current one.</param>
    public static StoredObject? Find(SqliteConnection connection, string bucket, string key, string? version)
    {
        var current = ObjectRows.Find(connection, bucket, key);
        return version is null || current?.VersionId == version ? current : VersionRows.Find(connection, bucket, key, version);
    }

    // What is current becomes one of the versions, or goes.
    static void MakeWay(ObjectChange change, Bucket bucket, string key)
    {
        var connection = change.Connection;
        var current = ObjectRows.Find(connection, bucket.Name, key);
        if (current is not null)
        {
            ObjectRows.Delete(connection, current);
            if (bucket.Versioning == Versioning.Enabled || (bucket.Versioning == Versioning.Suspended && current.VersionId != StoredObject.NullVersion))
                VersionRows.Insert(connection, current);
            else change.Drop(current);
        }
        if (bucket.Versioning != Versioning.Suspended || VersionRows.Find(connection, bucket.Name, key, StoredObject.NullVersion) is not { } replaced) return;
        VersionRows.Delete(connection, replaced);
        change.Drop(replaced);
    }

    static StoredObject Named(ObjectChange change, Bucket bucket, StoredObject fresh) => fresh with
    {
        VersionId = bucket.Versioning == Versioning.Enabled ? RandomNumberGenerator.GetString(VersionIdCharacters, VersionIdLength) : StoredObject.NullVersion,
        Sequence = change.NextSequence(fresh.LastModified),
        IsVersioned = bucket.IsVersioned,
    };
}
