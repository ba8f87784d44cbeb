using Lambray.Aws;
using Lambray.Resources.Logs;

namespace Lambray.Server.AwsFront.Logs;

/// <summary>Tags of log groups, by ARN and in the older way by name.</summary>
static class TagOperations
{
    public static async Task TagResource(HttpContext http)
    {
        var request = await AwsJson.ReadAsync(http, LogsJson.Wire.TagResourceRequest);
        await AddAsync(http, NameOf(http, request), request.Tags);
    }

    public static async Task UntagResource(HttpContext http)
    {
        var request = await AwsJson.ReadAsync(http, LogsJson.Wire.TagResourceRequest);
        await RemoveAsync(http, NameOf(http, request), request.TagKeys);
    }

    public static async Task ListTagsForResource(HttpContext http)
    {
        var request = await AwsJson.ReadAsync(http, LogsJson.Wire.TagResourceRequest);
        await ListAsync(http, NameOf(http, request));
    }

    public static async Task TagLogGroup(HttpContext http)
    {
        var request = await AwsJson.ReadAsync(http, LogsJson.Wire.TagLogGroupRequest);
        await AddAsync(http, LogNames.Group(request.LogGroupName), request.Tags);
    }

    public static async Task UntagLogGroup(HttpContext http)
    {
        var request = await AwsJson.ReadAsync(http, LogsJson.Wire.UntagLogGroupRequest);
        await RemoveAsync(http, LogNames.Group(request.LogGroupName), request.Tags);
    }

    public static async Task ListTagsLogGroup(HttpContext http)
    {
        var request = await AwsJson.ReadAsync(http, LogsJson.Wire.GroupRequest);
        await ListAsync(http, LogNames.Group(request.LogGroupName));
    }

    static string NameOf(HttpContext http, TagResourceRequest request) => LogNames.OfArn(request.ResourceArn, AwsJson.Service<AwsHome>(http));

    static async Task AddAsync(HttpContext http, string group, IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is null) throw LogErrors.InvalidParameter("tags is required.");
        await ChangeAsync(http, group, former => LogTags.Check(former.Concat(tags).GroupBy(tag => tag.Key).ToDictionary(same => same.Key, same => same.Last().Value)));
    }

    static async Task RemoveAsync(HttpContext http, string group, IReadOnlyList<string>? keys)
    {
        if (keys is null) throw LogErrors.InvalidParameter("The keys of the tags are required.");
        await ChangeAsync(http, group, former => former.Where(tag => !keys.Contains(tag.Key)).ToDictionary());
    }

    static async Task ListAsync(HttpContext http, string group)
    {
        var tags = (await AwsJson.Service<LogDirectory>(http).GetGroupAsync(group)).Tags;
        await AwsJson.WriteAsync(http, new TagsAnswer(tags), LogsJson.Wire.TagsAnswer);
    }

    static async Task ChangeAsync(HttpContext http, string name, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change)
    {
        await AwsJson.Service<LogDirectory>(http).ChangeGroupAsync(name, group => group with { Tags = change(group.Tags) });
        await AwsJson.WriteNothingAsync(http);
    }
}
