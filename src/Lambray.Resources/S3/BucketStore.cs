using Lambray.Aws;
using Lambray.Resources.S3.Multipart;
using Lambray.Resources.S3.Versions;
using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.S3;

/// <summary>The buckets of the account. A change is on disk once its task completes.</summary>
public sealed class BucketStore(SqliteDatabase database, ObjectChanges changes, AwsHome home, TimeProvider time)
{
    const string Columns = "name, region, created, versioning, object_lock";

    /// <param name="locationConstraint">Where the bucket shall be; null for the home region.</param>
    /// <exception cref="AwsException">InvalidBucketName, InvalidLocationConstraint or BucketAlreadyOwnedByYou.</exception>
    public async Task<Bucket> CreateBucket(string name, string? locationConstraint = null, bool withObjectLock = false)
    {
        BucketNames.Check(name);
        var bucket = new Bucket(name, locationConstraint is null ? home.Region : BucketNames.Region(locationConstraint), time.GetUtcNow())
        {
            // A lock is of a version, so it needs them.
            Versioning = withObjectLock ? Versioning.Enabled : Versioning.Never,
            HasObjectLock = withObjectLock,
        };
        return await database.WriteAsync(connection => Find(connection, name) is { } existing ? Again(existing, bucket) : Insert(connection, bucket));
    }

    public Bucket GetBucket(string name) => database.Read(connection => Require(connection, name));

    /// <summary>Sorted by name.</summary>
    public IReadOnlyList<Bucket> ListBuckets() => database.Read(connection => connection.All($"SELECT {Columns} FROM buckets ORDER BY name", Read));

    /// <exception cref="AwsException">InvalidBucketState when its versions can be locked.</exception>
    public Task SetVersioning(string name, Versioning versioning) => database.WriteAsync(connection =>
    {
        if (Require(connection, name).HasObjectLock && versioning != Versioning.Enabled)
            throw new AwsException("InvalidBucketState", 409, "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.");
        connection.Run("UPDATE buckets SET versioning = $1 WHERE name = $2", versioning.ToString(), name);
    });

    /// <exception cref="AwsException">InvalidBucketState when it has no versions.</exception>
    public Task EnableObjectLock(string name) => database.WriteAsync(connection =>
    {
        if (Require(connection, name).Versioning != Versioning.Enabled)
            throw new AwsException("InvalidBucketState", 409, "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
        connection.Run("UPDATE buckets SET object_lock = 1 WHERE name = $1", name);
    });

    /// <summary>Settings go with it, and uploads that were begun in it.</summary>
    /// <exception cref="AwsException">NoSuchBucket or BucketNotEmpty.</exception>
    public Task DeleteBucket(string name) => changes.Write(change =>
    {
        var connection = change.Connection;
        var bucket = Require(connection, name);
        if (connection.One("SELECT 1 FROM objects WHERE bucket = $1 LIMIT 1", row => row.GetInt64(0), name) == 1) throw S3Errors.BucketNotEmpty(name);
        if (VersionRows.Any(connection, name))
            throw new AwsException("BucketNotEmpty", 409, "The bucket you tried to delete is not empty. You must delete all versions in the bucket.") { Resource = name };
        foreach (var file in UploadRows.DeleteAll(connection, name)) change.Drop(file);
        connection.Run("DELETE FROM bucket_settings WHERE bucket = $1", name);
        connection.Run("DELETE FROM buckets WHERE name = $1", name);
        return bucket;
    });

    internal static Bucket Require(SqliteConnection connection, string name) => Find(connection, name) ?? throw S3Errors.NoSuchBucket(name);

    static Bucket? Find(SqliteConnection connection, string name) => connection.One($"SELECT {Columns} FROM buckets WHERE name = $1", Read, name);

    // In us-east-1, and only there, creating one's own bucket again is no error.
    static Bucket Again(Bucket existing, Bucket wanted) =>
        existing.Region == "us-east-1" && wanted.Region == "us-east-1" ? existing : throw S3Errors.BucketAlreadyOwned(existing.Name);

    static Bucket Insert(SqliteConnection connection, Bucket bucket)
    {
        connection.Run(
            "INSERT INTO buckets (name, region, created, versioning, object_lock) VALUES ($1, $2, $3, $4, $5)", bucket.Name, bucket.Region,
            bucket.CreationDate.ToUnixTimeSeconds(), bucket.Versioning == Versioning.Never ? null : bucket.Versioning.ToString(), bucket.HasObjectLock ? 1 : 0);
        return bucket;
    }

    static Bucket Read(SqliteDataReader row) => new(row.GetString(0), row.GetString(1), DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(2)))
    {
        Versioning = row.TextOrNull(3) is { } versioning ? Enum.Parse<Versioning>(versioning) : Versioning.Never,
        HasObjectLock = row.GetInt64(4) == 1,
    };
}
