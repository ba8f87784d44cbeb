using Lambray.Aws;
using Lambray.Resources.ApiGateway;
using Lambray.Resources.ApiGateway.HttpApis;
using Lambray.Resources.ApiGateway.RestApis;
using Lambray.Server.AwsFront.ApiGateway.HttpApis;
using static Lambray.Server.AwsFront.ApiGateway.ApiGatewayWire;
using TagMap = System.Collections.Generic.IReadOnlyDictionary<string, string>;

namespace Lambray.Server.AwsFront.ApiGateway;

/// <summary>Tags of APIs of both kinds and of their stages, by ARN: <c>arn:aws:apigateway:REGION::/apis/ID/stages/NAME</c>, <c>…::/restapis/ID</c>.</summary>
static class TagOperations
{
    const string OfHttpApis = "/v2/tags/{**resourceArn}";
    const string OfRestApis = "/tags/{**resourceArn}";
    const int TagsMax = 50;

    static readonly Dictionary<string, string> None = [];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(OfHttpApis, GetTags);
        routes.MapPost(OfHttpApis, http => TagResource(http, StatusCodes.Status201Created));
        routes.MapDelete(OfHttpApis, UntagResource);
        routes.MapGet(OfRestApis, GetTags);
        routes.MapPut(OfRestApis, http => TagResource(http, StatusCodes.Status204NoContent));
        routes.MapDelete(OfRestApis, UntagResource);
    }

    static async Task GetTags(HttpContext http) => await WriteAsync(http, new TagsWire(await ChangeAsync(http, change: null)), HttpApiJson.Default.TagsWire);

    static async Task TagResource(HttpContext http, int status)
    {
        var tags = (await ReadAsync(http, HttpApiJson.Default.TagsWire)).Tags ?? throw ApiGatewayErrors.BadRequest("Tags are required");
        await ChangeAsync(http, former => former.Where(tag => !tags.ContainsKey(tag.Key)).Concat(tags).ToDictionary());
        await WriteNothingAsync(http, status);
    }

    static async Task UntagResource(HttpContext http)
    {
        var keys = http.Request.Query["tagKeys"].OfType<string>().ToArray();
        if (keys.Length == 0) throw ApiGatewayErrors.BadRequest("Tag keys are required");
        await ChangeAsync(http, former => former.Where(tag => !keys.Contains(tag.Key)).ToDictionary());
        await WriteNothingAsync(http);
    }

    /// <summary>The tags of the resource that the path names, once they have been changed.</summary>
    /// <param name="change">Null to leave them as they are.</param>
    static async Task<TagMap> ChangeAsync(HttpContext http, Func<TagMap, TagMap>? change)
    {
        var text = PathValue(http, "resourceArn");
        if (!Arn.TryParse(text, out var arn) || arn.Service != "apigateway" || arn.Region != Service<AwsHome>(http).Region) throw Invalid(text);
        var (https, rests) = (Service<HttpApiDirectory>(http), Service<RestApiDirectory>(http));
        switch (arn.Resource.Split('/'))
        {
            case ["", "apis", var id]:
                return (change is null ? https.Get(id) : await https.ChangeAsync(id, api => api with { Tags = Changed(change, api.Tags) })).Tags;
            case ["", "apis", var id, "stages", var name]:
                return FindStage(change is null ? https.Get(id) : await https.ChangeAsync(id, api => api.With(FindStage(api, name) with { Tags = Changed(change, FindStage(api, name).Tags) })), name).Tags ?? None;
            case ["", "restapis", var id]:
                return (change is null ? rests.Get(id) : await rests.ChangeAsync(id, api => api with { Settings = api.Settings with { Tags = Changed(change, api.Settings.Tags) } })).Settings.Tags ?? None;
            case ["", "restapis", var id, "stages", var name]:
                return FindStage(change is null ? rests.Get(id) : await rests.ChangeAsync(id, api => api.With(FindStage(api, name) with { Tags = Changed(change, FindStage(api, name).Tags) })), name).Tags ?? None;
            default:
                throw Invalid(text);
        }
    }

    static Dictionary<string, string> Changed(Func<TagMap, TagMap> change, TagMap? former)
    {
        var tags = change(former ?? None);
        return tags.Count <= TagsMax ? tags.ToDictionary() : throw ApiGatewayErrors.BadRequest($"A resource can have at most {TagsMax} tags");
    }

    static Stage FindStage(HttpApi api, string name) => api.Stages.GetValueOrDefault(name) ?? throw ApiGatewayErrors.NotFound("Stage", name);

    static RestStage FindStage(RestApi api, string name) => api.Stages.GetValueOrDefault(name) ?? throw RestApiErrors.NotFound("stage");

    static AwsException Invalid(string text) => ApiGatewayErrors.BadRequest($"Invalid ARN: {text}");
}
