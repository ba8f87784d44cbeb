using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Resources.DynamoDb;
using Lambray.Resources.DynamoDb.Tables;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>TagResource, UntagResource and ListTagsOfResource.</summary>
static class TagOperations
{
    const int TagsMax = 50;

    public static async Task TagResource(HttpContext http)
    {
        var request = DynamoDoor.Read(http, DynamoJson.Wire.TagRequest);
        var added = Read(request.Tags ?? throw Missing("tags"));
        await ChangeAsync(http, request, tags =>
        {
            foreach (var (key, value) in added) tags[key] = value;
        });
    }

    public static async Task UntagResource(HttpContext http)
    {
        var request = DynamoDoor.Read(http, DynamoJson.Wire.TagRequest);
        var removed = request.TagKeys ?? throw Missing("tagKeys");
        await ChangeAsync(http, request, tags =>
        {
            foreach (var key in removed) tags.Remove(key);
        });
    }

    public static Task ListTagsOfResource(HttpContext http)
    {
        var request = DynamoDoor.Read(http, DynamoJson.Wire.TagRequest);
        var table = Find(http, request);
        return DynamoDoor.WriteAsync(http, new TagsAnswer([.. table.Tags.Select(tag => new TagWire(tag.Key, tag.Value))]), DynamoJson.Wire.TagsAnswer);
    }

    /// <exception cref="AwsException">They are too many, or too long.</exception>
    public static IReadOnlyDictionary<string, string> Read(IReadOnlyList<TagWire>? tags)
    {
        var faults = new Validation();
        var read = new Dictionary<string, string>();
        foreach (var (tag, number) in (tags ?? []).Select((tag, index) => (tag, index + 1)))
        {
            faults.Require(tag.Key is not null, null, $"tags.{number}.member.key", "Member must not be null");
            faults.Require(tag.Value is not null, null, $"tags.{number}.member.value", "Member must not be null");
            faults.RequireLength(tag.Key, $"tags.{number}.member.key", 1, 128);
            faults.RequireLength(tag.Value, $"tags.{number}.member.value", 0, 256);
            if (tag.Key is not null) read[tag.Key] = tag.Value ?? "";
        }
        faults.ThrowIfAny();
        return read;
    }

    static async Task ChangeAsync(HttpContext http, TagRequest request, Action<Dictionary<string, string>> change)
    {
        await TableOperations.Tables(http).ChangeAsync(Find(http, request).Name, table =>
        {
            var tags = new Dictionary<string, string>(table.Tags);
            change(tags);
            if (tags.Count > TagsMax) throw DynamoErrors.LimitExceeded($"Too many tags: a table has at most {TagsMax}");
            return table with { Tags = tags };
        });
        http.Response.ContentLength = 0;
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
    }

    static TableModel Find(HttpContext http, TagRequest request)
    {
        var arn = request.ResourceArn ?? throw Missing("resourceArn");
        if (!Arn.TryParse(arn, out var parsed) || parsed.Service != "dynamodb") throw DynamoErrors.Invalid($"Invalid TableArn: Invalid ResourceArn provided as input {arn}");
        return TableOperations.Tables(http).Find(arn) ?? throw DynamoErrors.NotFound($"Requested resource not found: ResourcArn: {arn} not found");
    }

    static AwsException Missing(string member) =>
        DynamoErrors.Invalid($"1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null");
}

sealed record TagWire(string? Key, string? Value);

sealed record TagRequest(string? ResourceArn, IReadOnlyList<TagWire>? Tags, IReadOnlyList<string>? TagKeys);

sealed record TagsAnswer(IReadOnlyList<TagWire> Tags);
