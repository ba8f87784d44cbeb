using System.Text;

namespace Lambray.Resources.S3;

/// <summary>An object to be: everything that its writer says of it, but its body.</summary>
public sealed record NewObject(string Bucket, string Key, ObjectMetadata Metadata)
{
    const int UserMetadataBytesMax = 2048;

    public ObjectTags Tags { get; init; } = ObjectTags.None;

    /// <summary>None for what the bucket's default makes of it.</summary>
    public ObjectLock Lock { get; init; } = ObjectLock.None;

    /// <inheritdoc cref="StoredObject.AccessControl"/>
    public string? AccessControl { get; init; }

    /// <exception cref="Aws.AwsException">KeyTooLongError or MetadataTooLarge.</exception>
    public void Check()
    {
        ObjectKey.Check(Key);
        if (Metadata.User.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value)) > UserMetadataBytesMax)
            throw S3Errors.MetadataTooLarge();
    }
}
