using System.Security.Cryptography;
using Lambray.Aws;
using Lambray.Resources.S3.Bodies;
using Lambray.Resources.S3.Notifications;
using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.S3.Multipart;

/// <summary>Uploads in parts: what has arrived is on disk, and becomes an object only when its uploader says that it is all.</summary>
public sealed class MultipartUploads(SqliteDatabase database, ObjectChanges changes, TimeProvider time)
{
    public const int PartNumberMax = 10_000;
    const int IdLength = 64;
    const string IdCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <exception cref="AwsException">As <see cref="ObjectStore.PutObject"/>.</exception>
    public async Task<MultipartUpload> Create(NewObject wanted, PartChecksums checksums)
    {
        wanted.Check();
        var upload = new MultipartUpload(RandomNumberGenerator.GetString(IdCharacters, IdLength), wanted, checksums, time.GetUtcNow());
        await database.WriteAsync(connection =>
        {
            BucketStore.Require(connection, wanted.Bucket);
            UploadRows.Insert(connection, upload);
        });
        return upload;
    }

    /// <exception cref="AwsException">NoSuchBucket or NoSuchUpload.</exception>
    public MultipartUpload Get(string bucket, string key, string id) => database.Read(connection => Require(connection, bucket, key, id));

    /// <summary>Keeps a part, in place of an earlier one of its number. On disk once the task completes.</summary>
    /// <exception cref="AwsException">NoSuchUpload, also when it ended while the part was received.</exception>
    public async Task<UploadedPart> PutPart(MultipartUpload upload, int number, ReceivedBody body)
    {
        body.Publish();
        var part = new UploadedPart(number, body.File, body.Size, body.Digests.Md5, time.GetUtcNow(), body.Digests.Checksum);
        try
        {
            return await changes.Write(change =>
            {
                Require(change.Connection, upload.Wanted.Bucket, upload.Wanted.Key, upload.Id);
                if (UploadRows.PutPart(change.Connection, upload.Id, part) is { } replaced) change.Drop(replaced);
                return part;
            });
        }
        catch
        {
            body.Withdraw();
            throw;
        }
    }

    /// <summary>The parts behind one of them, in order of their numbers.</summary>
    public IReadOnlyList<UploadedPart> ListParts(MultipartUpload upload, int after, int count) =>
        database.Read(connection => UploadRows.ListParts(connection, upload, after, count));

    public KeyPage<MultipartUpload> List(ListRequest request) => database.Read(connection =>
    {
        BucketStore.Require(connection, request.Bucket);
        return KeyPage<MultipartUpload>.Read(request, upload => upload.Wanted.Key, (from, isWithin, to, rowsMax) =>
            UploadRows.List(connection, request.Bucket, from, isWithin ? request.AfterId : null, to, rowsMax));
    });

    /// <summary>Makes the object of the parts that are named; the others go. Said again after it was done, it is answered again.</summary>
    /// <exception cref="AwsException">NoSuchUpload; a part or a promise that does not hold; as <see cref="ObjectStore.PutObject"/>.</exception>
    public Task<StoredObject> Complete(string bucket, string key, string id, UploadCompletion completion, RequestOrigin origin) => changes.Write(change =>
    {
        var connection = change.Connection;
        BucketStore.Require(connection, bucket);
        // Its uploader may not have heard that it was done.
        if (UploadRows.Find(connection, bucket, key, id) is null && ObjectRows.Find(connection, bucket, key) is { } done && done.Upload == id) return done;
        var upload = Require(connection, bucket, key, id);
        var uploaded = UploadRows.ListParts(connection, upload, 0, PartNumberMax);
        var assembled = AssembledParts.Assemble(upload, uploaded, completion);
        // A body of its own name, which no file has.
        var body = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
        BodyRows.Insert(connection, body, [.. assembled.Parts.Select(part => new BodyPart(part.Number, part.File, part.Size, part.Checksum.Value))]);
        foreach (var part in uploaded.Except(assembled.Parts)) change.Drop(part.File);
        UploadRows.Delete(connection, id);
        var fresh = new StoredObject(
            bucket, key, assembled.Size, assembled.Md5, time.GetUtcNow(), assembled.Checksum, upload.Wanted.Metadata, body)
        {
            PartCount = assembled.Parts.Count,
            Upload = id,
            Tags = upload.Wanted.Tags,
            Lock = upload.Wanted.Lock,
            AccessControl = upload.Wanted.AccessControl,
        };
        return ObjectStore.Put(change, fresh, completion.Conditions, origin, ObjectEvent.CreatedByUpload);
    });

    /// <exception cref="AwsException">NoSuchBucket or NoSuchUpload.</exception>
    public Task Abort(string bucket, string key, string id) => changes.Write(change =>
    {
        var upload = Require(change.Connection, bucket, key, id);
        foreach (var part in UploadRows.ListParts(change.Connection, upload, 0, PartNumberMax)) change.Drop(part.File);
        UploadRows.Delete(change.Connection, id);
        return upload;
    });

    static MultipartUpload Require(SqliteConnection connection, string bucket, string key, string id)
    {
        BucketStore.Require(connection, bucket);
        return UploadRows.Find(connection, bucket, key, id) ?? throw new AwsException(
            "NoSuchUpload", 404, "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.")
        { Resource = id };
    }
}
