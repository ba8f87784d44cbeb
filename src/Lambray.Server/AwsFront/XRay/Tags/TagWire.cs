using Lambray.Aws;

namespace Lambray.Server.AwsFront.XRay.Tags;

sealed record TagWire(string? Key, string? Value)
{
    /// <summary>The tags of a request, whose limits are not checked yet.</summary>
    /// <exception cref="AwsException">InvalidRequestException: one has no key or no value.</exception>
    public static IReadOnlyCollection<KeyValuePair<string, string>> Read(List<TagWire?>? tags) => [.. (tags ?? []).Select(Read)];

    static KeyValuePair<string, string> Read(TagWire? tag) => tag is { Key: { } key, Value: { } value }
        ? KeyValuePair.Create(key, value)
        : throw XRayWire.InvalidRequest("Each of Tags needs a Key and a Value.");
}
