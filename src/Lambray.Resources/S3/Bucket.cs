using Lambray.Aws;

namespace Lambray.Resources.S3;

/// <summary>A bucket: a name, and the region that its owner put it in.</summary>
public sealed record Bucket(string Name, string Region, DateTimeOffset CreationDate)
{
    public Versioning Versioning { get; init; }

    public bool IsVersioned => Versioning != Versioning.Never;

    /// <summary>Buckets are known by name alone, whatever their account and region.</summary>
    public Arn Arn => new("aws", "s3", "", "", Name);

    /// <summary>Whether its versions can be locked; decided when it was created, or later for good.</summary>
    public bool HasObjectLock { get; init; }
}

/// <summary>Whether a bucket keeps what is replaced and deleted ("Retaining multiple versions of objects" in the S3 User Guide).</summary>
public enum Versioning
{
    Never,
    Enabled,
    Suspended,
}
