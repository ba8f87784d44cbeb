namespace Lambray.Resources.Iam.Policies;

/// <summary>What is known of a request, by condition key ("AWS global condition context keys" in the IAM User Guide). Case does not matter in keys.</summary>
public sealed class RequestContext
{
    public static readonly RequestContext Empty = new();

    readonly Dictionary<string, IReadOnlyList<string>> values = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<string> Keys => values.Keys;

    /// <summary>A key that is set again is replaced; one without a value is left out.</summary>
    public RequestContext Set(string key, string? value)
    {
        if (value is not null) values[key] = [value];
        return this;
    }

    public RequestContext Set(string key, IReadOnlyList<string> several)
    {
        values[key] = several;
        return this;
    }

    /// <returns>Null when the request has nothing of the kind.</returns>
    public IReadOnlyList<string>? Find(string key) => values.GetValueOrDefault(key);
}
