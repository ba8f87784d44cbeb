using System.Text.Json.Serialization;
using Lambray.Tracing.Groups;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Groups;

/// <summary>The page of groups.</summary>
static class GroupEndpoints
{
    const string Group = "/groups/{name}";

    public static void MapGroups(this IEndpointRouteBuilder api)
    {
        api.MapGet("/groups", List);
        api.MapPost("/groups", Create);
        api.MapPut(Group, Update);
        api.MapDelete(Group, Delete);
    }

    static GroupList List([FromServices] TraceGroups groups) => new([.. groups.All.Select(GroupItem.Of)]);

    static async Task<GroupItem> Create([FromBody] GroupAsked asked, [FromServices] TraceGroups groups) => GroupItem.Of(await groups.CreateAsync(
        asked.Name, asked.FilterExpression, new InsightsConfig(asked.InsightsEnabled ?? false, asked.NotificationsEnabled ?? false), []));

    static async Task<GroupItem> Update(string name, [FromBody] GroupAsked asked, [FromServices] TraceGroups groups) =>
        GroupItem.Of(await groups.UpdateAsync(name, asked.FilterExpression, asked.InsightsEnabled, asked.NotificationsEnabled));

    static async Task<NoContent> Delete(string name, [FromServices] TraceGroups groups)
    {
        await groups.DeleteAsync(name);
        return TypedResults.NoContent();
    }
}

/// <summary>The Default group, then the others by name.</summary>
sealed record GroupList(IReadOnlyList<GroupItem> Groups);

/// <param name="FilterExpression">Null for the group of all traces.</param>
/// <param name="IsDefault">The group of all traces, which cannot be deleted.</param>
/// <param name="FilterSince">When the expression was last changed; earlier traces were not grouped by it.</param>
sealed record GroupItem(
    string Name, string Arn, bool IsDefault, string? FilterExpression, bool InsightsEnabled, bool NotificationsEnabled, EpochMicroseconds FilterSince,
    IReadOnlyDictionary<string, string> Tags)
{
    public static GroupItem Of(TraceGroup group) => new(
        group.Name, group.Arn, group.Name == TraceGroup.DefaultName, group.Text, group.Insights.Enabled, group.Insights.Notify, group.FilterSince, group.Tags);
}

/// <summary>A group as a page wants it; null leaves what is there.</summary>
sealed record GroupAsked(string? Name, string? FilterExpression, bool? InsightsEnabled, bool? NotificationsEnabled);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GroupList))]
[JsonSerializable(typeof(GroupAsked))]
sealed partial class GroupsPageJson : JsonSerializerContext;
