using Lambray.Aws;

namespace Lambray.Resources.ApiGateway.HttpApis;

/// <summary>What an HTTP API is called and how it is reached; null is what was not said.</summary>
public sealed record ApiSettings
{
    const int NameLengthMax = 128;

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Version { get; init; }

    public string? ProtocolType { get; init; }

    public string? ApiKeySelectionExpression { get; init; }

    public string? RouteSelectionExpression { get; init; }

    public bool? DisableExecuteApiEndpoint { get; init; }

    public string? IpAddressType { get; init; }

    /// <exception cref="AwsException">BadRequestException; NotImplemented for WebSocket APIs.</exception>
    public static ApiSettings OfNew(ApiSettings asked)
    {
        if (asked.ProtocolType == "WEBSOCKET") throw new AwsException("NotImplemented", 501, "WebSocket APIs are not available on this server.");
        if (asked.ProtocolType != "HTTP") throw ApiGatewayErrors.BadRequest("Invalid protocol specified. Must be one of [HTTP, WEBSOCKET]");
        var whole = new ApiSettings
        {
            ProtocolType = "HTTP",
            ApiKeySelectionExpression = "$request.header.x-api-key",
            RouteSelectionExpression = "$request.method $request.path",
            DisableExecuteApiEndpoint = false,
            IpAddressType = "ipv4",
        };
        return whole.Changed(asked);
    }

    /// <exception cref="AwsException">BadRequestException.</exception>
    public ApiSettings Changed(ApiSettings asked)
    {
        var changed = this with
        {
            Name = asked.Name ?? Name,
            Description = asked.Description ?? Description,
            Version = asked.Version ?? Version,
            ApiKeySelectionExpression = asked.ApiKeySelectionExpression ?? ApiKeySelectionExpression,
            RouteSelectionExpression = asked.RouteSelectionExpression ?? RouteSelectionExpression,
            DisableExecuteApiEndpoint = asked.DisableExecuteApiEndpoint ?? DisableExecuteApiEndpoint,
            IpAddressType = asked.IpAddressType ?? IpAddressType,
        };
        if (changed.Name is not { Length: > 0 and <= NameLengthMax }) throw ApiGatewayErrors.BadRequest("API name must be between 1 and 128 characters long");
        if (changed.RouteSelectionExpression is not ("$request.method $request.path" or "${request.method} ${request.path}"))
            throw ApiGatewayErrors.BadRequest("Invalid routeSelectionExpression. For HTTP APIs it must be ${request.method} ${request.path}");
        return changed;
    }
}
