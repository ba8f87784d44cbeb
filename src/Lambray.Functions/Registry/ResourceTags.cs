using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Lambray.Aws;

namespace Lambray.Functions.Registry;

/// <summary>The tags of functions and of all else that has some, by ARN.</summary>
public sealed partial class ResourceTags(FunctionStore store, IEnumerable<ITaggedResources> others, AwsHome home)
{
    const string Pattern =
        @"arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:(function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?|layer:([a-zA-Z0-9-_]+)|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|capacity-provider:[a-zA-Z0-9-_]+)";

    const int ArnLengthMax = 256;

    /// <exception cref="AwsException">The ARN is none, or of nothing that is here.</exception>
    public IReadOnlyDictionary<string, string> List(string arn) =>
        FunctionOf(arn) is { } function ? store.Find(function.Name).Require(function, home).Tags : OtherOf(arn).GetTags(arn);

    /// <summary>Adds tags, in place of those with the same keys.</summary>
    /// <exception cref="AwsException">As <see cref="List"/>, or the tags are none.</exception>
    public Task TagAsync(string arn, IReadOnlyDictionary<string, string>? tags)
    {
        var function = FunctionOf(arn);
        if (tags is null) new Validation().Require(false, null, "tags", "Member must not be null").ThrowIfAny();
        if (tags!.Count == 0) throw LambdaErrors.InvalidParameter("An error occurred and the request cannot be processed.");
        return ChangeAsync(arn, function, current => current.SetItems(tags));
    }

    /// <exception cref="AwsException">As <see cref="List"/>, or no keys are given.</exception>
    public Task UntagAsync(string arn, IReadOnlyCollection<string> keys)
    {
        var function = FunctionOf(arn);
        new Validation().Require(keys.Count > 0, null, "tagKeys", "Member must not be null").ThrowIfAny();
        return ChangeAsync(arn, function, current => current.RemoveRange(keys));
    }

    /// <summary>Sets all tags at once.</summary>
    /// <exception cref="AwsException">As <see cref="TagAsync"/>.</exception>
    public Task ReplaceAsync(string arn, IReadOnlyDictionary<string, string> tags) => ChangeAsync(arn, FunctionOf(arn), current => current.Clear().AddRange(tags));

    async Task ChangeAsync(string arn, FunctionName? function, Func<ImmutableDictionary<string, string>, ImmutableDictionary<string, string>> change)
    {
        if (function is not { } name)
        {
            await OtherOf(arn).ChangeTagsAsync(arn, current => Checked(change(current.ToImmutableDictionary())));
            return;
        }
        await store.ChangeAsync(name.Name, found =>
        {
            var current = found.Require(name, home);
            if (current.Latest.LastUpdateStatus == UpdateStatus.InProgress) throw LambdaErrors.UpdateInProgress(current.Latest.Arn);
            // As recorded: a change of tags is one of $LATEST, too.
            return current.Revised() with { Tags = Checked(change(current.Tags)) };
        });
    }

    static ImmutableDictionary<string, string> Checked(ImmutableDictionary<string, string> tags)
    {
        TagLimits.Check(tags);
        return tags;
    }

    ITaggedResources OtherOf(string arn) => others.FirstOrDefault(other => other.ArnResource == KindOf(arn)) ?? throw LambdaErrors.ResourceNotFound();

    static string KindOf(string arn) => arn.Split(':')[5];

    /// <returns>Null for the ARN of anything else.</returns>
    FunctionName? FunctionOf(string text)
    {
        new Validation().RequireLength(text, "resource", 1, ArnLengthMax)
            .Require(TaggableRegex().IsMatch(text), text, "resource", $"Member must satisfy regular expression pattern: {Pattern}").ThrowIfAny();
        if (KindOf(text) != "function") return null;
        var name = FunctionName.Parse(text, qualifier: null, home);
        return name.Qualifier is null
            ? name
            : throw LambdaErrors.InvalidParameter("Tags on function aliases and versions are not supported. Please specify a function ARN.");
    }

    [GeneratedRegex($@"^{Pattern}\z")]
    private static partial Regex TaggableRegex();
}
