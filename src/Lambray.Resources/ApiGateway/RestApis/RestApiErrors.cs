using Lambray.Aws;

namespace Lambray.Resources.ApiGateway.RestApis;

/// <summary>The refusals of REST APIs.</summary>
public static class RestApiErrors
{
    public static AwsException NotFound(string noun) => new("NotFoundException", 404, $"Invalid {noun} identifier specified");
}
