using Lambray.Aws;
using Lambray.Resources.EventBridge;
using static Lambray.Server.AwsFront.EventBridge.EventBridgeWire;

namespace Lambray.Server.AwsFront.EventBridge;

/// <summary>Tags of buses and rules, by ARN.</summary>
static class TagOperations
{
    const int TagsMax = 50;

    public static async Task TagResource(HttpContext http)
    {
        var asked = await AwsJson.ReadAsync(http, EventBridgeJson.Wire.EventTagsRequest);
        await ChangeAsync(http, asked, former => former.Where(tag => !Of(asked.Tags).ContainsKey(tag.Key)).Concat(Of(asked.Tags)).ToDictionary());
        await WriteNothingAsync(http);
    }

    public static async Task UntagResource(HttpContext http)
    {
        var asked = await AwsJson.ReadAsync(http, EventBridgeJson.Wire.EventTagsRequest);
        await ChangeAsync(http, asked, former => former.Where(tag => asked.TagKeys?.Contains(tag.Key) != true).ToDictionary());
        await WriteNothingAsync(http);
    }

    public static async Task ListTagsForResource(HttpContext http)
    {
        var (bus, rule) = Find(http, await AwsJson.ReadAsync(http, EventBridgeJson.Wire.EventTagsRequest));
        await AwsJson.WriteAsync(http, new EventTagsAnswer([.. (rule?.Tags ?? bus!.Tags).Select(tag => new EventTag(tag.Key, tag.Value))]), EventBridgeJson.Wire.EventTagsAnswer);
    }

    /// <exception cref="AwsException">ValidationException: too many, or without a key.</exception>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyList<EventTag>? tags) => tags is null ? new Dictionary<string, string>()
        : tags.Any(tag => string.IsNullOrEmpty(tag.Key) || tag.Value is null) ? throw EventBridgeErrors.Validation("A tag needs a key and a value.")
        : Checked(tags.GroupBy(tag => tag.Key!).ToDictionary(same => same.Key, same => same.Last().Value!));

    static async Task ChangeAsync(HttpContext http, EventTagsRequest asked, Func<IReadOnlyDictionary<string, string>, Dictionary<string, string>> change)
    {
        var (bus, rule) = Find(http, asked);
        if (rule is not null) await Rules(http).ChangeAsync(rule, former => former with { Tags = Checked(change(former.Tags)) });
        else await Buses(http).ChangeAsync(bus!.Name, former => former with { Tags = Checked(change(former.Tags)) });
    }

    static (EventBus? Bus, EventRule? Rule) Find(HttpContext http, EventTagsRequest asked)
    {
        if (!Arn.TryParse(asked.ResourceARN, out var arn)) throw EventBridgeErrors.Validation($"Parameter {asked.ResourceARN} is not valid. Reason: Provided Arn is not in correct format.");
        if (Rules(http).Find(arn) is { } rule) return (null, rule);
        if (arn.Resource.StartsWith("event-bus/", StringComparison.Ordinal)) return (Buses(http).Get(asked.ResourceARN), null);
        throw new AwsException("ResourceNotFoundException", 400, $"{asked.ResourceARN} does not exist.");
    }

    static Dictionary<string, string> Checked(Dictionary<string, string> tags) =>
        tags.Count <= TagsMax ? tags : throw EventBridgeErrors.Validation($"A resource can have at most {TagsMax} tags.");
}

sealed record EventTagsRequest(string? ResourceARN, IReadOnlyList<EventTag>? Tags, IReadOnlyList<string>? TagKeys);

sealed record EventTagsAnswer(IReadOnlyList<EventTag> Tags);
