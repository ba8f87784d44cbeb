using Lambray.Functions.Registry;
using Lambray.Resources.Kinesis;

namespace Lambray.Server.AwsFront.Kinesis;

/// <summary>Tags of streams, by the operations of old and of new clients, and of consumers.</summary>
static class TagOperations
{
    const int ListSizeMax = 50;

    public static async Task AddTagsToStream(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.StreamTagsRequest);
        var name = KinesisDoor.StreamName(http, request);
        await ChangeAsync(http, new StreamResource(name, null), tags => StreamTags.Add(tags, request.Tags));
    }

    public static async Task RemoveTagsFromStream(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.StreamTagsRequest);
        var name = KinesisDoor.StreamName(http, request);
        await ChangeAsync(http, new StreamResource(name, null), tags => StreamTags.Remove(tags, request.TagKeys));
    }

    public static async Task ListTagsForStream(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.StreamTagsRequest);
        new Validation().RequireRange(request.Limit, "limit", 1, ListSizeMax).ThrowIfAny();
        var stream = KinesisDoor.Stream(http, request).Model;
        var limit = request.Limit ?? ListSizeMax;
        var found = Sorted(stream.Tags).Where(tag => string.CompareOrdinal(tag.Key, request.ExclusiveStartTagKey) > 0).Take(limit + 1).ToArray();
        await KinesisForm.WriteAsync(http, new ListTagsForStreamAnswer([.. found.Take(limit)], found.Length > limit), KinesisJson.Default.ListTagsForStreamAnswer);
    }

    public static async Task TagResource(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.ResourceTagsRequest);
        await ChangeAsync(http, StreamResource.Of(http, request.ResourceArn), tags => StreamTags.Add(tags, request.Tags));
    }

    public static async Task UntagResource(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.ResourceTagsRequest);
        await ChangeAsync(http, StreamResource.Of(http, request.ResourceArn), tags => StreamTags.Remove(tags, request.TagKeys));
    }

    public static async Task ListTagsForResource(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.ResourceTagsRequest);
        var tags = StreamResource.Of(http, request.ResourceArn).Read(http, stream => stream.Tags, consumer => consumer.Tags);
        await KinesisForm.WriteAsync(http, new ListTagsForResourceAnswer([.. Sorted(tags)]), KinesisJson.Default.ListTagsForResourceAnswer);
    }

    static async Task ChangeAsync(HttpContext http, StreamResource resource, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change)
    {
        await resource.ChangeAsync(http, stream => stream with { Tags = change(stream.Tags) }, consumer => consumer with { Tags = change(consumer.Tags) });
        await KinesisForm.WriteNothingAsync(http);
    }

    static IEnumerable<TagWire> Sorted(IReadOnlyDictionary<string, string> tags) =>
        tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => new TagWire(tag.Key, tag.Value));
}

/// <summary>What tags of a stream may be.</summary>
static class StreamTags
{
    const int TagsMax = 50;
    const int KeyLengthMax = 128;
    const int ValueLengthMax = 256;

    public static IReadOnlyDictionary<string, string> Add(IReadOnlyDictionary<string, string> tags, IReadOnlyDictionary<string, string>? added)
    {
        new Validation().Require(added is { Count: > 0 }, null, "tags", "Member must not be null").ThrowIfAny();
        var all = new Dictionary<string, string>(tags);
        foreach (var (key, value) in added!) all[key] = value;
        return Check(all);
    }

    public static IReadOnlyDictionary<string, string> Remove(IReadOnlyDictionary<string, string> tags, IReadOnlyList<string>? keys)
    {
        new Validation().Require(keys is { Count: > 0 }, null, "tagKeys", "Member must not be null").ThrowIfAny();
        return tags.Where(tag => !keys!.Contains(tag.Key)).ToDictionary();
    }

    public static IReadOnlyDictionary<string, string> Check(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count > TagsMax) throw KinesisErrors.InvalidArgument($"Failed to add tags: a stream may have {TagsMax} tags.");
        foreach (var (key, value) in tags)
        {
            new Validation().RequireLength(key, "tags", 1, KeyLengthMax).Require(value is not null, null, "tags", "Member must not be null").RequireLength(value, "tags", 0, ValueLengthMax).ThrowIfAny();
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) throw KinesisErrors.InvalidArgument($"Tag keys that begin with aws: are reserved: {key}");
        }
        return tags;
    }
}
