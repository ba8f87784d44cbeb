namespace Lambray.Resources.S3;

/// <summary>An object as it is stored, but its body.</summary>
public sealed record StoredObject(
    string Bucket, string Key, long Size, byte[] Md5, DateTimeOffset LastModified, Checksum Checksum, ObjectMetadata Metadata, string File)
{
    public string ETag => EntityTag.Of(Md5);
}

/// <summary>What the uploader says of an object, given back as it was.</summary>
/// <param name="System">HTTP's own headers, such as Content-Type and Cache-Control, by name.</param>
/// <param name="User">The user's, by name in lower case without <c>x-amz-meta-</c>.</param>
public sealed record ObjectMetadata(IReadOnlyDictionary<string, string> System, IReadOnlyDictionary<string, string> User)
{
    public static readonly ObjectMetadata None = new(new Dictionary<string, string>(), new Dictionary<string, string>());
}

/// <summary>An object as it appears in a listing.</summary>
public sealed record ListedObject(string Key, long Size, string ETag, DateTimeOffset LastModified, ChecksumAlgorithm ChecksumAlgorithm);

/// <summary>An entity tag: the MD5 of the body in hexadecimal, in quotes.</summary>
public static class EntityTag
{
    public static string Of(ReadOnlySpan<byte> md5) => $"\"{Convert.ToHexStringLower(md5)}\"";

    /// <summary>Clients write tags with and without quotes; <c>*</c> stands for any.</summary>
    public static bool Matches(string wanted, string tag) => wanted == "*" || wanted.Trim('"') == tag.Trim('"');
}
