using Lambray.Server.AwsFront;
using Lambray.Server.AwsFront.CloudWatch;
using Lambray.Server.AwsFront.Iam;
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
    public static readonly IReadOnlyList<ServiceFront> All =
    [
        LambdaEndpoints.Front, XRayEndpoints.Front, LogsDoor.Front, CloudWatchDoor.Front, SqsDoor.Front, SnsDoor.Front, S3Door.Front, IamDoor.Front, StsDoor.Front, FunctionUrlFront.Front,
        ConsoleEndpoints.Front, PrometheusEndpoint.Front,
    ];
}
