using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Lambray.Resources.ApiGateway.RestApis;

/// <summary>A path of a REST API, as a part beneath another.</summary>
public sealed partial record RestResource(string Id, string? ParentId, string? PathPart, string Path)
{
    /// <summary>By the method of HTTP, or <c>ANY</c>.</summary>
    public ImmutableSortedDictionary<string, RestMethod> Methods { get; init; } = ImmutableSortedDictionary<string, RestMethod>.Empty;

    internal static bool IsPathPart(string text) => PartRegex().IsMatch(text);

    [GeneratedRegex(@"^([a-zA-Z0-9._:-]+|\{[a-zA-Z0-9._:-]+\+?\})\z")]
    private static partial Regex PartRegex();
}

/// <summary>What may be done with a resource; null is what was not said.</summary>
public sealed record RestMethod
{
    public string? HttpMethod { get; init; }

    public string? AuthorizationType { get; init; }

    public string? AuthorizerId { get; init; }

    public bool? ApiKeyRequired { get; init; }

    public string? RequestValidatorId { get; init; }

    public string? OperationName { get; init; }

    public IReadOnlyDictionary<string, bool>? RequestParameters { get; init; }

    public IReadOnlyDictionary<string, string>? RequestModels { get; init; }

    public IReadOnlyDictionary<string, MethodResponse>? MethodResponses { get; init; }

    public RestIntegration? MethodIntegration { get; init; }

    public IReadOnlyList<string>? AuthorizationScopes { get; init; }
}

public sealed record MethodResponse(string? StatusCode, IReadOnlyDictionary<string, bool>? ResponseParameters, IReadOnlyDictionary<string, string>? ResponseModels);

/// <summary>What answers a method; null is what was not said.</summary>
public sealed record RestIntegration
{
    /// <summary><c>AWS_PROXY</c>, <c>HTTP_PROXY</c>, <c>MOCK</c>, <c>AWS</c> or <c>HTTP</c>.</summary>
    public string? Type { get; init; }

    public string? HttpMethod { get; init; }

    public string? Uri { get; init; }

    public string? ConnectionType { get; init; }

    public string? ConnectionId { get; init; }

    public string? Credentials { get; init; }

    public IReadOnlyDictionary<string, string>? RequestParameters { get; init; }

    public IReadOnlyDictionary<string, string>? RequestTemplates { get; init; }

    public string? PassthroughBehavior { get; init; }

    public string? ContentHandling { get; init; }

    public int? TimeoutInMillis { get; init; }

    public string? CacheNamespace { get; init; }

    public IReadOnlyList<string>? CacheKeyParameters { get; init; }

    public IReadOnlyDictionary<string, IntegrationResponse>? IntegrationResponses { get; init; }
}

public sealed record IntegrationResponse(
    string? StatusCode, string? SelectionPattern, IReadOnlyDictionary<string, string>? ResponseParameters, IReadOnlyDictionary<string, string>? ResponseTemplates,
    string? ContentHandling);
