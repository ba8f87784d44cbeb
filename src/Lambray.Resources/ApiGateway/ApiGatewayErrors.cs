using Lambray.Aws;

namespace Lambray.Resources.ApiGateway;

/// <summary>The refusals of API Gateway.</summary>
public static class ApiGatewayErrors
{
    public static AwsException BadRequest(string message) => new("BadRequestException", 400, message);

    public static AwsException NotFound(string noun, string id) => new("NotFoundException", 404, $"Invalid {noun} identifier specified {id}");

    public static AwsException Conflict(string message) => new("ConflictException", 409, message);
}
