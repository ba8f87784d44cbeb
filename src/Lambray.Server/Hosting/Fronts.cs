using Lambray.Server.AwsFront;
using Lambray.Server.AwsFront.ApiGateway;
using Lambray.Server.AwsFront.CloudWatch;
using Lambray.Server.AwsFront.DynamoDb;
using Lambray.Server.AwsFront.EventBridge;
using Lambray.Server.AwsFront.ExecuteApi;
using Lambray.Server.AwsFront.Forwarding;
using Lambray.Server.AwsFront.Iam;
using Lambray.Server.AwsFront.Kinesis;
using Lambray.Server.AwsFront.Lambda;
using Lambray.Server.AwsFront.Logs;
using Lambray.Server.AwsFront.S3;
using Lambray.Server.AwsFront.Sns;
using Lambray.Server.AwsFront.Sqs;
using Lambray.Server.AwsFront.Sts;
using Lambray.Server.AwsFront.Urls;
using Lambray.Server.AwsFront.XRay;
using Lambray.Server.ConsoleApi;
using Lambray.Server.Prometheus;

namespace Lambray.Server.Hosting;

/// <summary>The services behind the one port.</summary>
static class Fronts
{
    /// <summary>What settings call the services in whose place another server can be.</summary>
    public static IEnumerable<string> Forwardable => All.Select(front => front.Forwarding?.Name).OfType<string>();

    /// <summary>As a server is to have them.</summary>
    public static IReadOnlyList<ServiceFront> For(ServeConfig config, TimeProvider time) =>
    [
        .. All.Select(front => TargetOf(front, config) is { } target ? front.Forwarding!.Front(front, target, time) : front)
            .Select(front => config.RecordCalls ? front : front with { Downstream = null }),
    ];

    static ForwardTarget? TargetOf(ServiceFront front, ServeConfig config) =>
        front.Forwarding is { } form ? config.Elsewhere.GetValueOrDefault(form.Name)?.Find(config.Region) : null;

    static readonly IReadOnlyList<ServiceFront> All =
    [
        LambdaEndpoints.Front, XRayEndpoints.Front, LogsDoor.Front, CloudWatchDoor.Front, SqsDoor.Front, SnsDoor.Front, DynamoDoor.Front, KinesisDoor.Front, S3Door.Front, IamDoor.Front, StsDoor.Front, FunctionUrlFront.Front,
        EventBridgeDoor.Front, ApiGatewayDoor.Front, ExecuteApiFront.Front,
        ConsoleEndpoints.Front, PrometheusEndpoint.Front,
    ];
}
