namespace Lambray.Resources.S3;

/// <summary>The conditions of a conditional write: that the key is free, or that it still holds the object with this entity tag.</summary>
public sealed record WriteConditions(string? IfMatch = null, bool IfNoneMatchAny = false)
{
    public static readonly WriteConditions None = new();

    /// <exception cref="Aws.AwsException">PreconditionFailed; NoSuchKey when there is nothing that could match.</exception>
    public void Check(string key, StoredObject? existing)
    {
        if (IfNoneMatchAny && existing is not null) throw S3Errors.PreconditionFailed();
        if (IfMatch is null) return;
        if (existing is null) throw S3Errors.NoSuchKey(key);
        if (!EntityTag.Matches(IfMatch, existing.ETag)) throw S3Errors.PreconditionFailed();
    }
}
