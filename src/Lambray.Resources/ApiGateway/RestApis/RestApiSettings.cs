namespace Lambray.Resources.ApiGateway.RestApis;

/// <summary>A REST API as the API tells it; null is what was not said.</summary>
public sealed record RestApiSettings
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Version { get; init; }

    /// <summary>Unix seconds.</summary>
    public long? CreatedDate { get; init; }

    /// <summary>Bodies of these types are bytes, all others text.</summary>
    public IReadOnlyList<string>? BinaryMediaTypes { get; init; }

    public int? MinimumCompressionSize { get; init; }

    public string? ApiKeySource { get; init; }

    public EndpointConfiguration? EndpointConfiguration { get; init; }

    /// <summary>Kept; nobody is refused by it.</summary>
    public string? Policy { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public bool? DisableExecuteApiEndpoint { get; init; }

    public string? RootResourceId { get; init; }

    internal RestApiSettings Checked() => Name is { Length: > 0 } ? this : throw ApiGatewayErrors.BadRequest("The REST API name must not be empty");
}

public sealed record EndpointConfiguration(IReadOnlyList<string>? Types, IReadOnlyList<string>? VpcEndpointIds, string? IpAddressType);
