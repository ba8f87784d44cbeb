using Lambray.Aws;
using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.S3;

/// <summary>The buckets of the account. A change is on disk once its task completes.</summary>
public sealed class BucketStore(SqliteDatabase database, AwsHome home, TimeProvider time)
{
    /// <param name="locationConstraint">Where the bucket shall be; null for the home region.</param>
    /// <exception cref="AwsException">InvalidBucketName, InvalidLocationConstraint or BucketAlreadyOwnedByYou.</exception>
    public async Task<Bucket> CreateBucket(string name, string? locationConstraint = null)
    {
        BucketNames.Check(name);
        var bucket = new Bucket(name, locationConstraint is null ? home.Region : BucketNames.Region(locationConstraint), time.GetUtcNow());
        return await database.WriteAsync(connection => Find(connection, name) is { } existing ? Again(existing, bucket) : Insert(connection, bucket));
    }

    public Bucket GetBucket(string name) => database.Read(connection => Find(connection, name)) ?? throw S3Errors.NoSuchBucket(name);

    /// <summary>Sorted by name.</summary>
    public IReadOnlyList<Bucket> ListBuckets() => database.Read(connection => connection.All("SELECT name, region, created FROM buckets ORDER BY name", Read));

    public Task DeleteBucket(string name) => database.WriteAsync(connection =>
    {
        if (Find(connection, name) is null) throw S3Errors.NoSuchBucket(name);
        if (connection.One("SELECT 1 FROM objects WHERE bucket = $1", row => row.GetInt64(0), name) == 1) throw S3Errors.BucketNotEmpty(name);
        connection.Run("DELETE FROM buckets WHERE name = $1", name);
    });

    internal static Bucket? Find(SqliteConnection connection, string name) =>
        connection.One("SELECT name, region, created FROM buckets WHERE name = $1", Read, name);

    // In us-east-1, and only there, creating one's own bucket again is no error.
    static Bucket Again(Bucket existing, Bucket wanted) =>
        existing.Region == "us-east-1" && wanted.Region == "us-east-1" ? existing : throw S3Errors.BucketAlreadyOwned(existing.Name);

    static Bucket Insert(SqliteConnection connection, Bucket bucket)
    {
        connection.Run(
            "INSERT INTO buckets (name, region, created) VALUES ($1, $2, $3)", bucket.Name, bucket.Region, bucket.CreationDate.ToUnixTimeSeconds());
        return bucket;
    }

    static Bucket Read(SqliteDataReader row) => new(row.GetString(0), row.GetString(1), DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(2)));
}
