using System.Collections.Immutable;
using Lambray.Aws;

namespace Lambray.Resources.S3;

/// <summary>The tags of an object or a bucket ("Categorizing your objects using tags" in the S3 User Guide).</summary>
public sealed record ObjectTags(ImmutableSortedDictionary<string, string> All)
{
    const int ObjectTagsMax = 10;
    const int BucketTagsMax = 50;
    const int KeyLengthMax = 128;
    const int ValueLengthMax = 256;

    public static readonly ObjectTags None = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    public int Count => All.Count;

    /// <exception cref="AwsException">InvalidTag for what is no tag or occurs twice, BadRequest for too many.</exception>
    public static ObjectTags ForObject(IEnumerable<(string Key, string Value)> tags) => Read(tags, ObjectTagsMax, "Object");

    /// <inheritdoc cref="ForObject"/>
    public static ObjectTags ForBucket(IEnumerable<(string Key, string Value)> tags) => Read(tags, BucketTagsMax, "Bucket");

    static ObjectTags Read(IEnumerable<(string Key, string Value)> tags, int countMax, string owner)
    {
        var all = None.All.ToBuilder();
        foreach (var (key, value) in tags)
        {
            if (key.Length is 0 or > KeyLengthMax || key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw new AwsException("InvalidTag", 400, "The TagKey you have provided is invalid") { Resource = key };
            if (value.Length > ValueLengthMax) throw new AwsException("InvalidTag", 400, "The TagValue you have provided is invalid") { Resource = value };
            if (!all.TryAdd(key, value)) throw new AwsException("InvalidTag", 400, "Cannot provide multiple Tags with the same key") { Resource = key };
        }
        return all.Count <= countMax
            ? new ObjectTags(all.ToImmutable())
            : throw new AwsException("BadRequest", 400, $"{owner} tags cannot be greater than {countMax}");
    }
}
