using Lambray.Aws;

namespace Lambray.Tracing;

/// <summary>Tags of groups and sampling rules, and what X-Ray allows of them ("Tagging X-Ray sampling rules and groups" in the Developer Guide).</summary>
public static class XRayTags
{
    const int TagsMax = 50;
    const int ListMax = 200;
    const int KeyLengthMax = 128;
    const int ValueLengthMax = 256;

    /// <summary>With these added, in place of those with the same keys.</summary>
    /// <exception cref="AwsException">InvalidRequestException for a tag that cannot be, TooManyTagsException when there would be too many.</exception>
    public static IReadOnlyDictionary<string, string> Add(
        IReadOnlyDictionary<string, string> tags, IReadOnlyCollection<KeyValuePair<string, string>> added, string resourceName)
    {
        if (added.Count > ListMax) throw XRayErrors.InvalidRequest($"Tags has {added.Count} tags; it takes {ListMax}.");
        if (added.Select(tag => tag.Key).Distinct(StringComparer.Ordinal).Count() < added.Count)
            throw XRayErrors.InvalidRequest("Tags has the same key twice.");
        var all = new Dictionary<string, string>(tags, StringComparer.Ordinal);
        foreach (var (key, value) in added)
        {
            XRayLimits.Text(key, "Key of a tag", 1, KeyLengthMax);
            XRayLimits.Text(value, "Value of a tag", 0, ValueLengthMax);
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw XRayErrors.InvalidRequest($"The tag {key} begins with aws:, which is reserved.");
            all[key] = value;
        }
        return all.Count <= TagsMax
            ? all
            : throw new AwsException("TooManyTagsException", 400, $"{resourceName} would have {all.Count} tags; it takes {TagsMax}.") { Resource = resourceName };
    }

    public static IReadOnlyDictionary<string, string> Remove(IReadOnlyDictionary<string, string> tags, IEnumerable<string> keys)
    {
        var gone = keys.ToHashSet(StringComparer.Ordinal);
        return tags.Where(tag => !gone.Contains(tag.Key)).ToDictionary();
    }
}
