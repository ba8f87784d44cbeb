using System.Text.Json.Serialization;
using Lambray.Resources.ApiGateway.HttpApis;
using Route = Lambray.Resources.ApiGateway.HttpApis.Route;

namespace Lambray.Server.AwsFront.ApiGateway.HttpApis;

/// <summary>The JSON of HTTP APIs, made at compile time: names in camelCase, absent fields left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiRequest))]
[JsonSerializable(typeof(ApiSettings))]
[JsonSerializable(typeof(ApiWire))]
[JsonSerializable(typeof(ItemPage<ApiWire>))]
[JsonSerializable(typeof(Route))]
[JsonSerializable(typeof(ItemPage<Route>))]
[JsonSerializable(typeof(Integration))]
[JsonSerializable(typeof(ItemPage<Integration>))]
[JsonSerializable(typeof(Authorizer))]
[JsonSerializable(typeof(ItemPage<Authorizer>))]
[JsonSerializable(typeof(Stage))]
[JsonSerializable(typeof(ItemPage<Stage>))]
[JsonSerializable(typeof(Deployment))]
[JsonSerializable(typeof(ItemPage<Deployment>))]
[JsonSerializable(typeof(DeploymentRequest))]
[JsonSerializable(typeof(TagsWire))]
sealed partial class HttpApiJson : JsonSerializerContext;

/// <summary>Some items of a list, and where the next begin.</summary>
sealed record ItemPage<T>(IReadOnlyList<T> Items, string? NextToken)
{
    const int ItemsMax = 1000;

    /// <param name="all">In the order of their keys.</param>
    public static ItemPage<T> Of(HttpRequest request, IEnumerable<KeyValuePair<string, T>> all)
    {
        var after = request.Query["nextToken"].FirstOrDefault() ?? "";
        var count = int.TryParse(request.Query["maxResults"], out var asked) ? Math.Clamp(asked, 1, ItemsMax) : ItemsMax;
        var page = all.Where(item => string.CompareOrdinal(item.Key, after) > 0).Take(count + 1).ToList();
        return new ItemPage<T>([.. page.Take(count).Select(item => item.Value)], page.Count > count ? page[count - 1].Key : null);
    }
}

sealed record TagsWire(IReadOnlyDictionary<string, string>? Tags);

sealed record DeploymentRequest(string? StageName, string? Description);
