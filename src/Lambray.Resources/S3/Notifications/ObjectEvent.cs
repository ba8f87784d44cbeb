namespace Lambray.Resources.S3.Notifications;

/// <summary>Something that happened to an object, for those who want to be told ("Supported event types" in the S3 User Guide).</summary>
/// <param name="Name">As events tell it, without <c>s3:</c>.</param>
/// <param name="Subject">The version that is there now, or is gone.</param>
public sealed record ObjectEvent(string Name, Bucket Bucket, StoredObject Subject, DateTimeOffset At, RequestOrigin Origin)
{
    public const string CreatedByPut = "ObjectCreated:Put";
    public const string CreatedByPost = "ObjectCreated:Post";
    public const string CreatedByCopy = "ObjectCreated:Copy";
    public const string CreatedByUpload = "ObjectCreated:CompleteMultipartUpload";
    public const string Deleted = "ObjectRemoved:Delete";
    public const string DeleteMarkerCreated = "ObjectRemoved:DeleteMarkerCreated";
    public const string TagsPut = "ObjectTagging:Put";
    public const string TagsDeleted = "ObjectTagging:Delete";
    public const string AccessControlPut = "ObjectAcl:Put";

    /// <summary>Which of two events on a key came later; those that neither create nor remove have none.</summary>
    public long? Sequence { get; init; }
}
