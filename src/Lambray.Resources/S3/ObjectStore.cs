using Lambray.Aws;
using Lambray.Resources.S3.Bodies;
using Lambray.Resources.S3.Notifications;
using Lambray.Resources.S3.Settings;
using Lambray.Resources.S3.Versions;
using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.S3;

/// <summary>The objects in the buckets of the account: bodies in files, all else in the database.</summary>
/// <remarks>
/// A put goes in steps, so that a crash at any moment leaves either the old object or the new: (1) the body is received into a file and
/// synced, (2) the file is moved to its place, (3) the row that names it is committed, and only then acknowledged, (4) the file that it replaced is removed.
/// A small body is committed with its row, with one sync for both, and for others that are put at the same time.
/// Files that no row names are removed when the store is opened.
/// </remarks>
public sealed class ObjectStore(SqliteDatabase database, BodyStore bodies, ObjectChanges changes, TimeProvider time)
{
    /// <inheritdoc cref="BodyStore.Receive"/>
    public Task<ReceivedBody> Receive(Stream body, WantedDigests? wanted = null, CancellationToken cancellation = default) =>
        bodies.Receive(body, wanted, cancellation);

    /// <summary>Puts a received body under a key. On disk once the task completes, and so is what is to be told of it.</summary>
    /// <exception cref="AwsException">NoSuchBucket, KeyTooLongError, MetadataTooLarge, or PreconditionFailed.</exception>
    public async Task<StoredObject> PutObject(
        NewObject wanted, ReceivedBody body, RequestOrigin origin, WriteConditions? conditions = null, string eventName = ObjectEvent.CreatedByPut)
    {
        wanted.Check();
        if (body.Small is null) body.Publish();
        var fresh = new StoredObject(wanted.Bucket, wanted.Key, body.Size, body.Digests.Md5, time.GetUtcNow(), body.Digests.Checksum, wanted.Metadata, body.File)
        {
            Tags = wanted.Tags,
            Lock = wanted.Lock,
            AccessControl = wanted.AccessControl,
        };
        try
        {
            return await changes.Write(change =>
            {
                if (body.Small is { } small) BodyRows.InsertSmall(change.Connection, fresh.File, small);
                return Put(change, fresh, conditions ?? WriteConditions.None, origin, eventName);
            });
        }
        catch
        {
            if (body.Small is null) body.Withdraw();
            throw;
        }
    }

    /// <summary>Refuses early what <see cref="PutObject"/> would refuse once the body is there.</summary>
    public void CheckPut(NewObject wanted)
    {
        wanted.Check();
        database.Read(connection => BucketStore.Require(connection, wanted.Bucket));
    }

    /// <param name="version">Null for the current one.</param>
    /// <exception cref="AwsException">NoSuchBucket, NoSuchKey, NoSuchVersion; MethodNotAllowed for a delete marker by its version.</exception>
    public StoredObject GetObject(string bucket, string key, string? version = null) => database.Read(connection =>
    {
        var owner = BucketStore.Require(connection, bucket);
        return RequireObject(connection, bucket, key, version) with { IsVersioned = owner.IsVersioned };
    });

    /// <summary>An object with its body, which stays readable even if the object is replaced or deleted meanwhile.</summary>
    public (StoredObject Stored, Stream Body) OpenObject(string bucket, string key, string? version = null)
    {
        var stored = GetObject(bucket, key, version);
        while (true)
        {
            if (bodies.TryOpen(stored) is { } body) return (stored, body);
            // Replaced between the two reads: look again. The same row once more would mean that the file is truly lost.
            var again = GetObject(bucket, key, version);
            if (again.File == stored.File) throw new FileNotFoundException($"The body of {key} in bucket {bucket} is missing.", stored.File);
            stored = again;
        }
    }

    /// <summary>A body with the bytes of this version.</summary>
    /// <exception cref="AwsException">NoSuchKey when it has been deleted since it was looked at.</exception>
    public async Task<ReceivedBody> CopyBody(StoredObject source, ChecksumAlgorithm algorithm, CancellationToken cancellation) =>
        await bodies.Copy(source, algorithm, cancellation) ?? throw S3Errors.NoSuchKey(source.Key);

    /// <summary>The parts that an object came in; empty for one that came at once.</summary>
    public IReadOnlyList<BodyPart> ListParts(StoredObject stored) => stored.PartCount == 0 ? [] : bodies.ListParts(stored);

    /// <summary>Deletes what is current, or one version for good. Deleting what is not there is no error.</summary>
    /// <param name="version">Null for what is current: where there are versions it stays, beneath a delete marker.</param>
    /// <exception cref="AwsException">NoSuchBucket, PreconditionFailed; AccessDenied for a version that is locked.</exception>
    public Task<Deletion> DeleteObject(
        string bucket, string key, RequestOrigin origin, string? version = null, string? ifMatch = null, bool bypassesGovernance = false) =>
        changes.Write(change =>
        {
            var found = BucketStore.Require(change.Connection, bucket);
            if (ifMatch is not null) new WriteConditions(ifMatch).Check(key, ObjectRows.Find(change.Connection, bucket, key));
            return version is null ? DeleteCurrent(change, found, key, origin) : DeleteVersion(change, bucket, key, version, bypassesGovernance, origin);
        });

    /// <summary>Changes what is known of a version without writing it anew.</summary>
    /// <exception cref="AwsException">As <see cref="GetObject"/>; or what <paramref name="alter"/> throws.</exception>
    public Task<StoredObject> AlterObject(
        string bucket, string key, string? version, Func<Bucket, StoredObject, StoredObject> alter, RequestOrigin origin, string? eventName = null) =>
        changes.Write(change =>
        {
            var owner = BucketStore.Require(change.Connection, bucket);
            var altered = alter(owner, RequireObject(change.Connection, bucket, key, version)) with { IsVersioned = owner.IsVersioned };
            foreach (var table in ObjectRows.Tables)
                change.Connection.Run(
                    $"UPDATE {table} SET tags = $1, lock = $2, acl = $3 WHERE bucket = $4 AND key = $5 AND version = $6", ObjectMetadataJson.Write(altered.Tags),
                    ObjectMetadataJson.Write(altered.Lock), altered.AccessControl, bucket, ObjectKey.Bytes(key), altered.VersionId);
            if (eventName is not null) change.Tell(new ObjectEvent(eventName, owner, altered, time.GetUtcNow(), origin));
            return altered;
        });

    public KeyPage<ListedObject> ListObjects(ListRequest request) => database.Read(connection =>
    {
        BucketStore.Require(connection, request.Bucket);
        return KeyPage<ListedObject>.Read(
            request, listed => listed.Key, (from, _, to, rowsMax) => ObjectRows.List(connection, request.Bucket, from, to, rowsMax));
    });

    public KeyPage<ListedVersion> ListVersions(ListRequest request) => database.Read(connection =>
    {
        BucketStore.Require(connection, request.Bucket);
        return ListedVersion.List(connection, request);
    });

    /// <summary>Puts it in its place among the versions, and tells those who want to know.</summary>
    internal static StoredObject Put(ObjectChange change, StoredObject fresh, WriteConditions conditions, RequestOrigin origin, string eventName)
    {
        var bucket = BucketStore.Require(change.Connection, fresh.Bucket);
        conditions.Check(fresh.Key, ObjectRows.Find(change.Connection, fresh.Bucket, fresh.Key));
        var locked = fresh with { Lock = DefaultRetention.Apply(change.Connection, bucket, fresh.Lock, fresh.LastModified) };
        var stored = ObjectHistory.Put(change, bucket, locked);
        change.Tell(new ObjectEvent(eventName, bucket, stored, stored.LastModified, origin) { Sequence = stored.Sequence });
        return stored;
    }

    Deletion DeleteCurrent(ObjectChange change, Bucket bucket, string key, RequestOrigin origin)
    {
        var current = ObjectRows.Find(change.Connection, bucket.Name, key);
        var now = time.GetUtcNow();
        var marker = ObjectHistory.PutMarker(change, bucket, key, now);
        if (marker is not null) change.Tell(new ObjectEvent(ObjectEvent.DeleteMarkerCreated, bucket, marker, now, origin) { Sequence = marker.Sequence });
        else if (current is not null) change.Tell(new ObjectEvent(ObjectEvent.Deleted, bucket, current, now, origin) { Sequence = change.NextSequence(now) });
        return new Deletion(marker?.VersionId, marker is not null);
    }

    Deletion DeleteVersion(ObjectChange change, string bucket, string key, string version, bool bypassesGovernance, RequestOrigin origin)
    {
        if (ObjectHistory.Find(change.Connection, bucket, key, version) is not { } found) return new Deletion(version, false);
        var now = time.GetUtcNow();
        found.Lock.RequireDeletable(now, bypassesGovernance);
        ObjectHistory.Remove(change, found);
        change.Tell(new ObjectEvent(ObjectEvent.Deleted, BucketStore.Require(change.Connection, bucket), found, now, origin) { Sequence = change.NextSequence(now) });
        return new Deletion(version, found.IsDeleteMarker);
    }

    static StoredObject RequireObject(SqliteConnection connection, string bucket, string key, string? version)
    {
        if (ObjectHistory.Find(connection, bucket, key, version) is { } found)
            return found.IsDeleteMarker ? throw S3Errors.DeleteMarkerNotAllowed(found) : found;
        if (version is not null) throw S3Errors.NoSuchVersion(key, version);
        throw VersionRows.FindNewest(connection, bucket, key) is { } marker ? S3Errors.NoSuchKey(key, marker) : S3Errors.NoSuchKey(key);
    }
}

/// <summary>What a deletion came to.</summary>
/// <param name="VersionId">Of the version that is gone, or of the delete marker that was made; null in a bucket without versions.</param>
/// <param name="IsDeleteMarker">Whether a delete marker was made, or is gone.</param>
public sealed record Deletion(string? VersionId, bool IsDeleteMarker);
