using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lambray.Resources.ApiGateway.RestApis;

/// <summary>A deployment of an API under a name, which is the first part of its paths; null is what was not said.</summary>
public sealed partial record RestStage(string? StageName)
{
    public string? DeploymentId { get; init; }

    public string? Description { get; init; }

    public string? ClientCertificateId { get; init; }

    public bool? CacheClusterEnabled { get; init; }

    public string? CacheClusterSize { get; init; }

    public string? CacheClusterStatus { get; init; }

    /// <summary>Throttling, logging and caching by method; kept for tools that set it.</summary>
    public IReadOnlyDictionary<string, JsonElement>? MethodSettings { get; init; }

    public IReadOnlyDictionary<string, string>? Variables { get; init; }

    public string? DocumentationVersion { get; init; }

    public RestAccessLogSettings? AccessLogSettings { get; init; }

    /// <summary>Whether X-Ray is told of its requests.</summary>
    public bool? TracingEnabled { get; init; }

    public string? WebAclArn { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Unix seconds.</summary>
    public long? CreatedDate { get; init; }

    public long? LastUpdatedDate { get; init; }

    internal static RestStage OfNew(RestApi api, RestStage asked, long now)
    {
        if (asked.StageName is null || !NameRegex().IsMatch(asked.StageName)) throw ApiGatewayErrors.BadRequest("Stage name only allows a-zA-Z0-9_");
        if (api.Stages.ContainsKey(asked.StageName)) throw ApiGatewayErrors.Conflict("Stage already exists");
        if (asked.DeploymentId is null || !api.Deployments.ContainsKey(asked.DeploymentId)) throw ApiGatewayErrors.BadRequest("Deployment id does not exist");
        return asked with
        {
            CacheClusterEnabled = asked.CacheClusterEnabled ?? false,
            CacheClusterStatus = "NOT_AVAILABLE",
            MethodSettings = new Dictionary<string, JsonElement>(),
            TracingEnabled = asked.TracingEnabled ?? false,
            CreatedDate = now,
            LastUpdatedDate = now,
        };
    }

    [GeneratedRegex(@"^[a-zA-Z0-9_-]{1,128}\z")]
    private static partial Regex NameRegex();
}

public sealed record RestAccessLogSettings(string? DestinationArn, string? Format);

/// <summary>An API as it was at one time.</summary>
/// <param name="CreatedDate">Unix seconds.</param>
public sealed record RestDeployment(string Id, string? Description, long CreatedDate);

/// <summary>Who decides whether a request of a method is let in; null is what was not said.</summary>
public sealed record RestAuthorizer
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    /// <summary><c>TOKEN</c>, <c>REQUEST</c>, or <c>COGNITO_USER_POOLS</c>, which is kept alone.</summary>
    public string? Type { get; init; }

    public IReadOnlyList<string>? ProviderARNs { get; init; }

    public string? AuthType { get; init; }

    public string? AuthorizerUri { get; init; }

    public string? AuthorizerCredentials { get; init; }

    /// <summary><c>method.request.header.Authorization</c>; several with commas between.</summary>
    public string? IdentitySource { get; init; }

    /// <summary>What a token has to look like; null for anything.</summary>
    public string? IdentityValidationExpression { get; init; }

    public int? AuthorizerResultTtlInSeconds { get; init; }

    internal RestAuthorizer Checked(RestApi api)
    {
        if (string.IsNullOrEmpty(Name)) throw ApiGatewayErrors.BadRequest("Authorizer name cannot be empty");
        if (api.Authorizers.Values.Any(other => other.Name == Name && other.Id != Id)) throw ApiGatewayErrors.Conflict("Authorizer name must be unique. Authorizer " + Name + " already exists in this RestApi.");
        if (Type is not ("TOKEN" or "REQUEST" or "COGNITO_USER_POOLS")) throw ApiGatewayErrors.BadRequest("Invalid authorizer type specified");
        if (Type != "COGNITO_USER_POOLS" && FunctionUri.Find(AuthorizerUri) is null) throw ApiGatewayErrors.BadRequest("Invalid Authorizer URI");
        if (AuthorizerResultTtlInSeconds is < 0 or > 3600) throw ApiGatewayErrors.BadRequest("Authorizer result TTL must be between 0 and 3600 seconds");
        return this;
    }
}
