using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Tracing;
using Lambray.Tracing.Groups;
using Lambray.Tracing.Sampling;

namespace Lambray.Server.AwsFront.XRay.Tags;

/// <summary>Tags of groups and sampling rules, by ARN.</summary>
static class TagOperations
{
    const int KeysMax = 200;

    public static void MapTags(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/TagResource", TagResource);
        routes.MapPost("/UntagResource", UntagResource);
        routes.MapPost("/ListTagsForResource", ListTagsForResource);
    }

    static async Task TagResource(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, XRayTagJson.Wire.TagResourceRequest);
        var arn = ReadArn(request.ResourceARN);
        var tags = TagWire.Read(XRayWire.Required(request.Tags, nameof(request.Tags)));
        await ChangeAsync(http, arn, present => XRayTags.Add(present, tags, arn));
    }

    static async Task UntagResource(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, XRayTagJson.Wire.UntagResourceRequest);
        var arn = ReadArn(request.ResourceARN);
        var keys = XRayWire.Required(request.TagKeys, nameof(request.TagKeys));
        if (keys.Count > KeysMax) throw XRayErrors.InvalidRequest($"TagKeys has {keys.Count} keys; it takes {KeysMax}.");
        await ChangeAsync(http, arn, present => XRayTags.Remove(present, keys.OfType<string>()));
    }

    static async Task ListTagsForResource(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, XRayTagJson.Wire.ListTagsForResourceRequest);
        var arn = ReadArn(request.ResourceARN);
        // 50 tags at most: they fit on one page.
        OpaqueToken.RefuseAny(request.NextToken);
        var tags = FindGroup(http, arn)?.Tags ?? FindRule(http, arn)?.Tags ?? throw NotFound(arn);
        await XRayWire.WriteAsync(
            http, new ListTagsForResourceAnswer([.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => new TagWire(tag.Key, tag.Value))]),
            XRayTagJson.Wire.ListTagsForResourceAnswer);
    }

    static async Task ChangeAsync(
        HttpContext http, string arn, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change)
    {
        if (FindGroup(http, arn) is { } group) await http.RequestServices.GetRequiredService<TraceGroups>().TagAsync(group.Name, change);
        else if (FindRule(http, arn) is { } rule) await http.RequestServices.GetRequiredService<SamplingRules>().TagAsync(rule.Rule.RuleName, change);
        else throw NotFound(arn);
        await XRayWire.WriteAsync(http, new EmptyAnswer(), XRayTagJson.Wire.EmptyAnswer);
    }

    static string ReadArn(string? arn) => XRayLimits.Text(arn, "ResourceARN", 1, 1011);

    static TraceGroup? FindGroup(HttpContext http, string arn) => http.RequestServices.GetRequiredService<TraceGroups>().FindByArn(arn);

    static SamplingRuleRecord? FindRule(HttpContext http, string arn)
    {
        var rules = http.RequestServices.GetRequiredService<SamplingRules>();
        return rules.FindName(arn) is { } name ? rules.Find(name) : null;
    }

    static AwsException NotFound(string arn) => XRayErrors.ResourceNotFound(arn, $"There is no group and no sampling rule {arn}.");
}

sealed record TagResourceRequest(string? ResourceARN, List<TagWire?>? Tags);

sealed record UntagResourceRequest(string? ResourceARN, List<string?>? TagKeys);

sealed record ListTagsForResourceRequest(string? ResourceARN, string? NextToken);

sealed record ListTagsForResourceAnswer(TagWire[] Tags);

/// <summary>The JSON of the operations on tags.</summary>
[JsonSerializable(typeof(TagResourceRequest))]
[JsonSerializable(typeof(UntagResourceRequest))]
[JsonSerializable(typeof(ListTagsForResourceRequest))]
[JsonSerializable(typeof(ListTagsForResourceAnswer))]
[JsonSerializable(typeof(EmptyAnswer))]
sealed partial class XRayTagJson : JsonSerializerContext
{
    public static XRayTagJson Wire { get; } = new(XRayJson.NewOptions());
}
