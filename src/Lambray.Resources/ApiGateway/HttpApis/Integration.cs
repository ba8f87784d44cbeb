using Lambray.Aws;

namespace Lambray.Resources.ApiGateway.HttpApis;

/// <summary>What answers the requests of a route: a function (<c>AWS_PROXY</c>) or another web server (<c>HTTP_PROXY</c>); null is what was not said.</summary>
public sealed record Integration(string? IntegrationId, string? IntegrationType, string? IntegrationUri)
{
    const int TimeoutDefault = 30_000;
    const int TimeoutMin = 50;

    public string? IntegrationMethod { get; init; }

    public string? IntegrationSubtype { get; init; }

    public string? PayloadFormatVersion { get; init; }

    public int? TimeoutInMillis { get; init; }

    public string? ConnectionType { get; init; }

    public string? ConnectionId { get; init; }

    public string? CredentialsArn { get; init; }

    public string? Description { get; init; }

    /// <summary>Changes to the request: <c>overwrite:path</c>, <c>append:header.NAME</c>, <c>remove:querystring.NAME</c>.</summary>
    public IReadOnlyDictionary<string, string>? RequestParameters { get; init; }

    /// <summary>Changes to the response, by its status.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? ResponseParameters { get; init; }

    public bool? ApiGatewayManaged { get; init; }

    internal static Integration OfNew(Integration asked)
    {
        if (asked.IntegrationSubtype is not null) throw new AwsException("NotImplemented", 501, "First-class service integrations (integrationSubtype) are not available on this server.");
        if (asked.ConnectionType == "VPC_LINK") throw new AwsException("NotImplemented", 501, "VPC links are not available on this server.");
        if (asked.IntegrationType is not ("AWS_PROXY" or "HTTP_PROXY"))
            throw ApiGatewayErrors.BadRequest("Invalid integration type specified. HTTP APIs support AWS_PROXY and HTTP_PROXY");
        var isFunction = asked.IntegrationType == "AWS_PROXY";
        return new Integration(ApiIds.OfPart(), asked.IntegrationType, null)
        {
            ConnectionType = "INTERNET",
            TimeoutInMillis = TimeoutDefault,
            PayloadFormatVersion = "1.0",
            IntegrationMethod = isFunction ? "POST" : null,
            ApiGatewayManaged = asked.ApiGatewayManaged,
        }.Changed(asked);
    }

    internal Integration Changed(Integration asked)
    {
        var changed = this with
        {
            IntegrationUri = asked.IntegrationUri ?? IntegrationUri,
            IntegrationMethod = asked.IntegrationMethod ?? IntegrationMethod,
            PayloadFormatVersion = asked.PayloadFormatVersion ?? PayloadFormatVersion,
            TimeoutInMillis = asked.TimeoutInMillis ?? TimeoutInMillis,
            CredentialsArn = asked.CredentialsArn is null ? CredentialsArn : asked.CredentialsArn.Length == 0 ? null : asked.CredentialsArn,
            Description = asked.Description ?? Description,
            RequestParameters = asked.RequestParameters ?? RequestParameters,
            ResponseParameters = asked.ResponseParameters ?? ResponseParameters,
        };
        changed.Check();
        return changed;
    }

    void Check()
    {
        if (TimeoutInMillis is < TimeoutMin or > TimeoutDefault) throw ApiGatewayErrors.BadRequest($"Timeout should be between {TimeoutMin} ms and {TimeoutDefault} ms");
        if (IntegrationType == "AWS_PROXY")
        {
            if (PayloadFormatVersion is not ("1.0" or "2.0")) throw ApiGatewayErrors.BadRequest("Invalid payloadFormatVersion. Must be one of [1.0, 2.0]");
            if (FunctionUri.Find(IntegrationUri) is null) throw ApiGatewayErrors.BadRequest("Invalid function ARN or invocation URI specified");
            return;
        }
        if (PayloadFormatVersion != "1.0") throw ApiGatewayErrors.BadRequest("Invalid payloadFormatVersion. Must be 1.0 for HTTP_PROXY integrations");
        if (IntegrationMethod is null) throw ApiGatewayErrors.BadRequest("HttpMethod must be specified for integration");
        if (IntegrationUri?.StartsWith("http://", StringComparison.Ordinal) != true && IntegrationUri?.StartsWith("https://", StringComparison.Ordinal) != true)
            throw ApiGatewayErrors.BadRequest("Invalid HTTP endpoint specified for URI");
    }
}
