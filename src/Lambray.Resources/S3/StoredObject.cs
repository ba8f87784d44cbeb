namespace Lambray.Resources.S3;

/// <summary>An object, or one version of it, as it is stored, but its body.</summary>
/// <param name="Md5">Of the body or, when it came in parts, of the MD5s of its parts.</param>
/// <param name="File">The id of its body: the name of a file, or of a list of files.</param>
public sealed record StoredObject(
    string Bucket, string Key, long Size, byte[] Md5, DateTimeOffset LastModified, Checksum Checksum, ObjectMetadata Metadata, string File)
{
    /// <summary>The version of objects that were put while their bucket had no versions.</summary>
    public const string NullVersion = "null";

    public string VersionId { get; init; } = NullVersion;

    /// <summary>Whether its bucket has, or once had, versions; before that, answers name none.</summary>
    public bool IsVersioned { get; init; }

    /// <summary>Greater than that of everything written before; events show it, and versions are ordered by it.</summary>
    public long Sequence { get; init; }

    /// <summary>0 for a body that came at once.</summary>
    public int PartCount { get; init; }

    /// <summary>Whether its body may lie in the database; earlier servers kept every body in files.</summary>
    internal bool MayBeSmall => PartCount == 0 && Size <= Bodies.ReceivedBody.SmallBytesMax;

    /// <summary>The multipart upload that it came by; null for one that came at once.</summary>
    public string? Upload { get; init; }

    public ObjectTags Tags { get; init; } = ObjectTags.None;

    public ObjectLock Lock { get; init; } = ObjectLock.None;

    /// <summary>Who may do what with it, in the words of the request; null for its owner alone.</summary>
    public string? AccessControl { get; init; }

    /// <summary>Stands where an object was deleted that has versions: it has no body.</summary>
    public bool IsDeleteMarker => File.Length == 0;

    public string ETag => EntityTag.Of(Md5, PartCount);

    public string StorageClass => Metadata.System.GetValueOrDefault(ObjectMetadata.StorageClassName, "STANDARD");
}

/// <summary>What the uploader says of an object, given back as it was.</summary>
/// <param name="System">HTTP's own headers, such as Content-Type and Cache-Control, and S3's, by name.</param>
/// <param name="User">The user's, by name in lower case without <c>x-amz-meta-</c>.</param>
public sealed record ObjectMetadata(IReadOnlyDictionary<string, string> System, IReadOnlyDictionary<string, string> User)
{
    public const string StorageClassName = "x-amz-storage-class";

    public static readonly ObjectMetadata None = new(new Dictionary<string, string>(), new Dictionary<string, string>());
}

/// <summary>An object as it appears in a listing.</summary>
public sealed record ListedObject(
    string Key, long Size, string ETag, DateTimeOffset LastModified, ChecksumAlgorithm ChecksumAlgorithm, bool HasCompositeChecksum, string StorageClass);

/// <summary>An entity tag in quotes: the MD5 of the body in hexadecimal or, when it came in parts, the MD5 of their MD5s with their number.</summary>
public static class EntityTag
{
    public static string Of(ReadOnlySpan<byte> md5, int partCount = 0) =>
        partCount == 0 ? $"\"{Convert.ToHexStringLower(md5)}\"" : $"\"{Convert.ToHexStringLower(md5)}-{partCount}\"";

    /// <summary>Clients write tags with and without quotes; <c>*</c> stands for any.</summary>
    public static bool Matches(string wanted, string tag) => wanted == "*" || wanted.Trim('"') == tag.Trim('"');
}
