namespace Lambray.Server.AwsFront;

/// <summary>The services that one port answers for.</summary>
public enum AwsService
{
    Lambda,
    XRay,
    S3,
    Iam,
    Sts,
    Logs,
    CloudWatch,
    Sqs,
    Sns,
    DynamoDb,
    Kinesis,
    ApiGateway,
    EventBridge,

    /// <summary>The HTTP addresses of functions.</summary>
    FunctionUrl,

    /// <summary>The HTTP addresses of API Gateway's APIs.</summary>
    ExecuteApi,

    /// <summary>Not AWS: the console's pages and what they load.</summary>
    Console,

    /// <summary>Not AWS either: figures for Prometheus.</summary>
    Prometheus,
}
