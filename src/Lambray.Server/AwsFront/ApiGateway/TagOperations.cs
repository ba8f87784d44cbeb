using System.Collections.Immutable;
using Lambray.Aws;
using Lambray.Resources.ApiGateway;
using Lambray.Resources.ApiGateway.HttpApis;
using Lambray.Server.AwsFront.ApiGateway.HttpApis;
using static Lambray.Server.AwsFront.ApiGateway.ApiGatewayWire;

namespace Lambray.Server.AwsFront.ApiGateway;

/// <summary>Tags of APIs and their stages, by ARN: <c>arn:aws:apigateway:REGION::/apis/ID/stages/NAME</c>.</summary>
static class TagOperations
{
    const string Path = "/v2/tags/{**resourceArn}";
    const int TagsMax = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, GetTags);
        routes.MapPost(Path, TagResource);
        routes.MapDelete(Path, UntagResource);
    }

    static Task GetTags(HttpContext http)
    {
        var (apiId, stageName) = ResourceOf(http);
        var api = Directory(http).Get(apiId);
        return WriteAsync(http, new TagsWire(stageName is null ? api.Tags : FindStage(api, stageName).Tags), HttpApiJson.Default.TagsWire);
    }

    static async Task TagResource(HttpContext http)
    {
        var tags = (await ReadAsync(http, HttpApiJson.Default.TagsWire)).Tags ?? throw ApiGatewayErrors.BadRequest("Tags are required");
        await ChangeAsync(http, former => former.SetItems(tags));
        await WriteNothingAsync(http, StatusCodes.Status201Created);
    }

    static async Task UntagResource(HttpContext http)
    {
        var keys = http.Request.Query["tagKeys"].OfType<string>().ToArray();
        if (keys.Length == 0) throw ApiGatewayErrors.BadRequest("Tag keys are required");
        await ChangeAsync(http, former => former.RemoveRange(keys));
        await WriteNothingAsync(http);
    }

    static Task<HttpApi> ChangeAsync(HttpContext http, Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> change)
    {
        var (apiId, stageName) = ResourceOf(http);
        return Directory(http).ChangeAsync(apiId, api =>
        {
            if (stageName is null) return api with { Tags = Checked(change(api.Tags)) };
            var stage = FindStage(api, stageName);
            return api.With(stage with { Tags = Checked(change((stage.Tags ?? new Dictionary<string, string>()).ToImmutableSortedDictionary())) });
        });
    }

    static ImmutableSortedDictionary<string, string> Checked(ImmutableSortedDictionary<string, string> tags) =>
        tags.Count <= TagsMax ? tags : throw ApiGatewayErrors.BadRequest($"A resource can have at most {TagsMax} tags");

    static (string ApiId, string? StageName) ResourceOf(HttpContext http)
    {
        var text = PathValue(http, "resourceArn");
        if (!Arn.TryParse(text, out var arn) || arn.Service != "apigateway" || arn.Region != Service<AwsHome>(http).Region) throw ApiGatewayErrors.BadRequest($"Invalid ARN: {text}");
        return arn.Resource.Split('/') switch
        {
            ["", "apis", var api] => (api, null),
            ["", "apis", var api, "stages", var stage] => (api, stage),
            _ => throw ApiGatewayErrors.BadRequest($"Invalid ARN: {text}"),
        };
    }

    static Stage FindStage(HttpApi api, string name) => api.Stages.GetValueOrDefault(name) ?? throw ApiGatewayErrors.NotFound("Stage", name);

    static HttpApiDirectory Directory(HttpContext http) => Service<HttpApiDirectory>(http);
}
