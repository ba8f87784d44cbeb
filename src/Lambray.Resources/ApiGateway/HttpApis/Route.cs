using System.Text.RegularExpressions;

namespace Lambray.Resources.ApiGateway.HttpApis;

/// <summary>Which requests of an HTTP API go to which integration; null is what was not said.</summary>
/// <param name="RouteKey"><c>GET /pets/{id}</c>, <c>ANY /{proxy+}</c> or <c>$default</c>.</param>
/// <param name="Target"><c>integrations/ID</c>.</param>
public sealed partial record Route(string? RouteId, string? RouteKey, string? Target)
{
    public const string Default = "$default";

    const string TargetPrefix = "integrations/";

    public string? AuthorizationType { get; init; }

    public string? AuthorizerId { get; init; }

    public IReadOnlyList<string>? AuthorizationScopes { get; init; }

    public bool? ApiKeyRequired { get; init; }

    public string? OperationName { get; init; }

    public string? ModelSelectionExpression { get; init; }

    public IReadOnlyDictionary<string, string>? RequestModels { get; init; }

    public string? RouteResponseSelectionExpression { get; init; }

    public bool? ApiGatewayManaged { get; init; }

    /// <summary>Null when nothing has been put behind the route.</summary>
    internal string? IntegrationId => Target?.StartsWith(TargetPrefix, StringComparison.Ordinal) == true ? Target[TargetPrefix.Length..] : null;

    internal static Route OfNew(HttpApi api, Route asked) =>
        new Route(ApiIds.OfPart(), null, null) { ApiKeyRequired = false, AuthorizationType = "NONE", ApiGatewayManaged = asked.ApiGatewayManaged }.Changed(api, asked);

    internal Route Changed(HttpApi api, Route asked)
    {
        var changed = this with
        {
            RouteKey = asked.RouteKey ?? RouteKey,
            Target = asked.Target ?? Target,
            AuthorizationType = asked.AuthorizationType ?? AuthorizationType,
            // A route that is opened to everybody has no authorizer.
            AuthorizerId = asked.AuthorizationType == "NONE" ? null : asked.AuthorizerId ?? AuthorizerId,
            AuthorizationScopes = asked.AuthorizationScopes ?? AuthorizationScopes,
            ApiKeyRequired = asked.ApiKeyRequired ?? ApiKeyRequired,
            OperationName = asked.OperationName ?? OperationName,
            ModelSelectionExpression = asked.ModelSelectionExpression ?? ModelSelectionExpression,
            RequestModels = asked.RequestModels ?? RequestModels,
            RouteResponseSelectionExpression = asked.RouteResponseSelectionExpression ?? RouteResponseSelectionExpression,
        };
        changed.Check(api);
        return changed;
    }

    void Check(HttpApi api)
    {
        if (RouteKey is null || !KeyRegex().IsMatch(RouteKey))
            throw ApiGatewayErrors.BadRequest("The provided route key is not formatted properly for HTTP protocol. Format should be \"<HTTP METHOD> /<RESOURCE PATH>\" or \"$default\"");
        if (ApiKeyRequired == true) throw ApiGatewayErrors.BadRequest("API Key required is not supported for HTTP APIs");
        if (api.Configuration.Routes.Values.Any(other => other.RouteKey == RouteKey && other.RouteId != RouteId))
            throw ApiGatewayErrors.Conflict($"Route with key {RouteKey} already exists for this API");
        if (Target is not null && (IntegrationId is null || !api.Configuration.Integrations.ContainsKey(IntegrationId))) throw ApiGatewayErrors.BadRequest($"Invalid integration target: {Target}");
        switch (AuthorizationType)
        {
            case "NONE" or "AWS_IAM":
                break;
            case "CUSTOM" or "JWT":
                if (AuthorizerId is null || !api.Configuration.Authorizers.ContainsKey(AuthorizerId)) throw ApiGatewayErrors.BadRequest("Invalid authorizer identifier specified");
                break;
            default:
                throw ApiGatewayErrors.BadRequest("Invalid authorization type specified. Must be one of [NONE, AWS_IAM, CUSTOM, JWT]");
        }
    }

    // A greedy variable is the last part of a path.
    [GeneratedRegex(@"^(\$default|(ANY|GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (/|(/([^/{}]+|\{[\w.:-]+\}))*(/\{[\w.:-]+\+\})?/?))\z")]
    private static partial Regex KeyRegex();
}
