using Lambray.Server.AwsFront.XRay.Tags;
using Lambray.Tracing.Groups;

namespace Lambray.Server.AwsFront.XRay.Groups;

/// <summary>Groups: traces that a filter expression lets through.</summary>
static class GroupOperations
{
    public static void MapGroups(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/CreateGroup", CreateGroup);
        routes.MapPost("/UpdateGroup", UpdateGroup);
        routes.MapPost("/DeleteGroup", DeleteGroup);
        routes.MapPost("/GetGroup", GetGroup);
        routes.MapPost("/Groups", GetGroups);
    }

    static async Task CreateGroup(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, GroupJson.Wire.CreateGroupRequest);
        var insights = new InsightsConfig(
            request.InsightsConfiguration?.InsightsEnabled ?? false, request.InsightsConfiguration?.NotificationsEnabled ?? false);
        await AnswerAsync(http, await Groups(http).CreateAsync(request.GroupName, request.FilterExpression, insights, TagWire.Read(request.Tags)));
    }

    static async Task UpdateGroup(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, GroupJson.Wire.UpdateGroupRequest);
        await AnswerAsync(http, await Groups(http).UpdateAsync(
            Groups(http).Get(request.GroupName, request.GroupARN).Name, request.FilterExpression, request.InsightsConfiguration?.InsightsEnabled,
            request.InsightsConfiguration?.NotificationsEnabled));
    }

    static async Task DeleteGroup(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, GroupJson.Wire.GroupNameRequest);
        await Groups(http).DeleteAsync(Groups(http).Get(request.GroupName, request.GroupARN).Name);
        await XRayWire.WriteAsync(http, new EmptyAnswer(), GroupJson.Wire.EmptyAnswer);
    }

    static async Task GetGroup(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, GroupJson.Wire.GroupNameRequest);
        await AnswerAsync(http, Groups(http).Get(request.GroupName, request.GroupARN));
    }

    static async Task GetGroups(HttpContext http)
    {
        // No more than 26 groups can be: they fit on one page.
        OpaqueToken.RefuseAny((await XRayWire.ReadAsync(http, GroupJson.Wire.GetGroupsRequest)).NextToken);
        await XRayWire.WriteAsync(http, new GetGroupsAnswer([.. Groups(http).All.Select(GroupWire.Of)]), GroupJson.Wire.GetGroupsAnswer);
    }

    static TraceGroups Groups(HttpContext http) => http.RequestServices.GetRequiredService<TraceGroups>();

    static Task AnswerAsync(HttpContext http, TraceGroup group) =>
        XRayWire.WriteAsync(http, new GroupAnswer(GroupWire.Of(group)), GroupJson.Wire.GroupAnswer);
}
