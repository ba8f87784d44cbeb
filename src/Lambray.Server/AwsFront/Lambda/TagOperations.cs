using System.Text.Json.Serialization;
using Lambray.Functions.Registry;
using static Lambray.Server.AwsFront.Lambda.LambdaRequest;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>Tags, by the ARN of what has them.</summary>
static class TagOperations
{
    public static async Task TagResource(HttpContext http)
    {
        var request = await ReadAsync(http, TagJson.Default.TagResourceRequest);
        await Tags(http).TagAsync(Arn(http), request.Tags);
        WriteNoContent(http);
    }

    public static async Task UntagResource(HttpContext http)
    {
        await Tags(http).UntagAsync(Arn(http), [.. http.Request.Query["tagKeys"].Select(key => key ?? "")]);
        WriteNoContent(http);
    }

    public static Task ListTags(HttpContext http) => WriteAsync(http, new ListTagsResponse(Tags(http).List(Arn(http))), TagJson.Default.ListTagsResponse);

    static string Arn(HttpContext http) => PathValue(http, "resource");

    static ResourceTags Tags(HttpContext http) => Service<ResourceTags>(http);
}

sealed record TagResourceRequest(IReadOnlyDictionary<string, string>? Tags);

sealed record ListTagsResponse(IReadOnlyDictionary<string, string> Tags);

[JsonSerializable(typeof(TagResourceRequest))]
[JsonSerializable(typeof(ListTagsResponse))]
sealed partial class TagJson : JsonSerializerContext;
