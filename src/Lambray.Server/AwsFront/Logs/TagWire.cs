using Lambray.Aws;
using Lambray.Functions.Registry;

namespace Lambray.Server.AwsFront.Logs;

sealed record TagResourceRequest(string? ResourceArn, IReadOnlyDictionary<string, string>? Tags, IReadOnlyList<string>? TagKeys);

sealed record TagLogGroupRequest(string? LogGroupName, IReadOnlyDictionary<string, string>? Tags);

sealed record UntagLogGroupRequest(string? LogGroupName, IReadOnlyList<string>? Tags);

sealed record TagsAnswer(IReadOnlyDictionary<string, string> Tags);

/// <summary>What tags may be.</summary>
static class LogTags
{
    const int TagsMax = 50;
    const int KeyLengthMax = 128;
    const int ValueLengthMax = 256;

    /// <exception cref="AwsException">Too many, or one is too long.</exception>
    public static IReadOnlyDictionary<string, string> Check(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count > TagsMax) throw new AwsException("TooManyTagsException", 400, $"The resource would have more than {TagsMax} tags.");
        var validation = new Validation();
        foreach (var (key, value) in tags) validation.RequireLength(key, "tags", 1, KeyLengthMax).RequireLength(value, "tags", 0, ValueLengthMax);
        validation.ThrowIfAny(LogNames.InvalidParameter);
        return tags;
    }
}
