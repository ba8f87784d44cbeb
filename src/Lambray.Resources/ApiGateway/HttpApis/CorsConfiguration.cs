namespace Lambray.Resources.ApiGateway.HttpApis;

/// <summary>Which browsers' pages may call an API ("Configure CORS for HTTP APIs in API Gateway"); null is what was not said.</summary>
/// <param name="MaxAge">Seconds.</param>
public sealed record CorsConfiguration(
    bool? AllowCredentials, IReadOnlyList<string>? AllowHeaders, IReadOnlyList<string>? AllowMethods, IReadOnlyList<string>? AllowOrigins,
    IReadOnlyList<string>? ExposeHeaders, int? MaxAge)
{
    const int MaxAgeMax = 86_400;

    /// <exception cref="Aws.AwsException">BadRequestException.</exception>
    public CorsConfiguration Checked()
    {
        if (AllowCredentials == true && AllowOrigins?.Contains("*") == true)
            throw ApiGatewayErrors.BadRequest("allow-credentials is not supported when allow-origin is *");
        if (MaxAge is < -1 or > MaxAgeMax) throw ApiGatewayErrors.BadRequest("maxAge must be between -1 and 86400 seconds");
        return this;
    }
}
