using Lambray.Aws;

namespace Lambray.Server.AwsFront.Authorization;

/// <summary>What a request needs its caller to be allowed, service by service.</summary>
static class RequestedPermissions
{
    /// <returns>None for what anybody with a key may do, and for operations that are not there and will be answered so.</returns>
    public static IEnumerable<Permission> Of(HttpContext http) => AwsCall.Of(http).Service switch
    {
        AwsService.S3 => S3Permissions.Of(http),
        AwsService.Lambda => LambdaPermissions.Of(http),
        AwsService.XRay => XRay.XRayOperations.FindName(http.Request.Path.Value!) is { } operation ? [new Permission($"xray:{operation}")] : [],
        // Whose actions are the methods of HTTP; the version is no part of the resource.
        AwsService.ApiGateway => [new Permission($"apigateway:{http.Request.Method}", ApiResource(http))],
        var service => Named(http, service),
    };

    static IEnumerable<Permission> Named(HttpContext http, AwsService? service)
    {
        var fields = RequestFields.Read(http);
        if (RequestFields.Operation(http, fields) is not { } operation) return [];
        var home = http.RequestServices.GetRequiredService<AwsHome>();
        return service switch
        {
            AwsService.Iam => IamPermissions.Of(operation, fields, home),
            AwsService.Sts => StsPermissions(operation, fields, home),
            AwsService.Logs => [new Permission($"logs:{operation}", LogResource(fields, home))],
            AwsService.CloudWatch => [new Permission($"cloudwatch:{operation}")],
            AwsService.DynamoDb => DynamoPermissions.Of(http, operation, home),
            AwsService.Sqs => SqsPermissions.Of(http, operation, fields, home),
            AwsService.EventBridge => EventBridgePermissions.Of(http, operation, fields, home),
            AwsService.Kinesis => KinesisPermissions.Of(http, operation, fields, home),
            // What is added to the front and forgotten here is the root's alone.
            _ => [new Permission($"{service.ToString()!.ToLowerInvariant()}:{operation}", fields.GetValueOrDefault("TopicArn") ?? fields.GetValueOrDefault("ResourceArn") ?? "*")],
        };
    }

    static string ApiResource(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        return new Arn("aws", "apigateway", http.RequestServices.GetRequiredService<AwsHome>().Region, "", path.StartsWith("/v2/", StringComparison.Ordinal) ? path[3..] : path).ToString();
    }

    // AssumeRole asks the role and the caller's policies by itself; who one is, one may always know.
    static IEnumerable<Permission> StsPermissions(string operation, IReadOnlyDictionary<string, string> fields, AwsHome home) => operation switch
    {
        "GetFederationToken" => [new Permission("sts:GetFederationToken", home.Global("sts", $"federated-user/{fields.GetValueOrDefault("Name")}").ToString())],
        "GetAccessKeyInfo" or "DecodeAuthorizationMessage" => [new Permission($"sts:{operation}")],
        _ => [],
    };

    static string LogResource(IReadOnlyDictionary<string, string> fields, AwsHome home)
    {
        var group = fields.GetValueOrDefault("logGroupName") ?? fields.GetValueOrDefault("logGroupIdentifier");
        if (group is null) return fields.GetValueOrDefault("resourceArn") ?? "*";
        if (Arn.TryParse(group, out _)) return group;
        // Policies are written with a star behind the group: it is for its streams.
        return home.Regional("logs", $"log-group:{group}:log-stream:{fields.GetValueOrDefault("logStreamName")}").ToString();
    }
}
