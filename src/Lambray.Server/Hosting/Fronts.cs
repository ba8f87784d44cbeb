using Lambray.Server.AwsFront;
using Lambray.Server.AwsFront.CloudWatch;
using Lambray.Server.AwsFront.Iam;
using Lambray.Server.AwsFront.Kinesis;
using Lambray.Server.AwsFront.Lambda;
using Lambray.Server.AwsFront.Logs;
using Lambray.Server.AwsFront.S3;
using Lambray.Server.AwsFront.S3.Forwarding;
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
    /// <summary>As a server is to have them.</summary>
    public static IReadOnlyList<ServiceFront> For(ServeConfig config, TimeProvider time)
    {
        var forwarded = config.S3.Find(config.Region);
        return
        [
            .. All.Select(front => front.Service == AwsService.S3 && forwarded is not null ? S3Forwarding.Front(forwarded, time) : front)
                .Select(front => config.RecordCalls ? front : front with { Downstream = null }),
        ];
    }

    static readonly IReadOnlyList<ServiceFront> All =
    [
        LambdaEndpoints.Front, XRayEndpoints.Front, LogsDoor.Front, CloudWatchDoor.Front, SqsDoor.Front, SnsDoor.Front, KinesisDoor.Front, S3Door.Front, IamDoor.Front, StsDoor.Front, FunctionUrlFront.Front,
        ConsoleEndpoints.Front, PrometheusEndpoint.Front,
    ];
}
