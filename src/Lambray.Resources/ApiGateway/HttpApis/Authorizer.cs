namespace Lambray.Resources.ApiGateway.HttpApis;

/// <summary>Who decides whether a request of a route is let in; null is what was not said.</summary>
/// <param name="AuthorizerType"><c>REQUEST</c>: a function; <c>JWT</c>: a token of an issuer.</param>
public sealed record Authorizer(string? AuthorizerId, string? Name, string? AuthorizerType)
{
    const int TtlMax = 3_600;
    const int TtlDefault = 300;

    public string? AuthorizerUri { get; init; }

    public string? AuthorizerPayloadFormatVersion { get; init; }

    public string? AuthorizerCredentialsArn { get; init; }

    /// <summary>How long a decision holds; 0 for one request only.</summary>
    public int? AuthorizerResultTtlInSeconds { get; init; }

    public bool? EnableSimpleResponses { get; init; }

    /// <summary>What must be there, and what decisions are remembered by: <c>$request.header.Authorization</c>.</summary>
    public IReadOnlyList<string>? IdentitySource { get; init; }

    public JwtConfiguration? JwtConfiguration { get; init; }

    internal static Authorizer OfNew(HttpApi api, Authorizer asked)
    {
        if (asked.AuthorizerType is not ("REQUEST" or "JWT")) throw ApiGatewayErrors.BadRequest("Invalid authorizer type specified. HTTP APIs support REQUEST and JWT");
        var isFunction = asked.AuthorizerType == "REQUEST";
        return new Authorizer(ApiIds.OfPart(), null, asked.AuthorizerType)
        {
            // Where identity sources are named, decisions are remembered unless it is said that they are not.
            AuthorizerResultTtlInSeconds = isFunction ? asked.IdentitySource is { Count: > 0 } ? TtlDefault : 0 : null,
            EnableSimpleResponses = isFunction ? false : null,
        }.Changed(api, asked);
    }

    internal Authorizer Changed(HttpApi api, Authorizer asked)
    {
        var changed = this with
        {
            Name = asked.Name ?? Name,
            AuthorizerUri = asked.AuthorizerUri ?? AuthorizerUri,
            AuthorizerPayloadFormatVersion = asked.AuthorizerPayloadFormatVersion ?? AuthorizerPayloadFormatVersion,
            AuthorizerCredentialsArn = asked.AuthorizerCredentialsArn ?? AuthorizerCredentialsArn,
            AuthorizerResultTtlInSeconds = asked.AuthorizerResultTtlInSeconds ?? AuthorizerResultTtlInSeconds,
            EnableSimpleResponses = asked.EnableSimpleResponses ?? EnableSimpleResponses,
            IdentitySource = asked.IdentitySource ?? IdentitySource,
            JwtConfiguration = asked.JwtConfiguration ?? JwtConfiguration,
        };
        changed.Check(api);
        return changed;
    }

    void Check(HttpApi api)
    {
        if (string.IsNullOrEmpty(Name)) throw ApiGatewayErrors.BadRequest("Authorizer name must be between 1 and 128 characters long");
        if (api.Configuration.Authorizers.Values.Any(other => other.Name == Name && other.AuthorizerId != AuthorizerId))
            throw ApiGatewayErrors.Conflict($"Authorizer with name {Name} already exists for this API");
        if (IdentitySource?.Any(source => !source.StartsWith("$request.", StringComparison.Ordinal) && !source.StartsWith("$context.", StringComparison.Ordinal)
            && !source.StartsWith("$stageVariables.", StringComparison.Ordinal)) == true)
            throw ApiGatewayErrors.BadRequest("Identity source must be a selection expression such as $request.header.Authorization");
        if (AuthorizerType == "JWT")
        {
            if (JwtConfiguration is not { Issuer.Length: > 0, Audience.Count: > 0 } || IdentitySource is not [_])
                throw ApiGatewayErrors.BadRequest("JWT authorizers need one identity source and a JwtConfiguration with issuer and audience");
            return;
        }
        if (FunctionUri.Find(AuthorizerUri) is null) throw ApiGatewayErrors.BadRequest("Authorizer Uri is not a function's invocation URI");
        if (AuthorizerPayloadFormatVersion is not ("1.0" or "2.0")) throw ApiGatewayErrors.BadRequest("AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer");
        if (EnableSimpleResponses == true && AuthorizerPayloadFormatVersion != "2.0") throw ApiGatewayErrors.BadRequest("Simple responses need AuthorizerPayloadFormatVersion 2.0");
        if (AuthorizerResultTtlInSeconds is < 0 or > TtlMax) throw ApiGatewayErrors.BadRequest("AuthorizerResultTtlInSeconds should be between 0 and 3600");
        if (AuthorizerResultTtlInSeconds > 0 && IdentitySource is not { Count: > 0 }) throw ApiGatewayErrors.BadRequest("Identity source is required when caching is enabled");
    }
}

/// <summary>Whose tokens are taken.</summary>
public sealed record JwtConfiguration(IReadOnlyList<string>? Audience, string? Issuer);
