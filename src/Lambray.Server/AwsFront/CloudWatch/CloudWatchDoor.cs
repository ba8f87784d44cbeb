using System.Collections.Frozen;
using Lambray.Aws;
using Lambray.Server.AwsFront.Downstream;
using Lambray.Server.AwsFront.Forwarding;

namespace Lambray.Server.AwsFront.CloudWatch;

/// <summary>The door of CloudWatch metrics, in the three protocols that clients choose among; see <see cref="CloudWatchProtocol"/>.</summary>
public static class CloudWatchDoor
{
    /// <summary>AWS takes 1 MB, compressed or not.</summary>
    internal const long RequestBytesMax = 1024 * 1024;

    static readonly FrozenDictionary<string, RequestDelegate> Operations = new Dictionary<string, RequestDelegate>
    {
        ["PutMetricData"] = PutOperation.PutMetricData,
        ["ListMetrics"] = ListOperation.ListMetrics,
        ["GetMetricStatistics"] = StatisticsOperation.GetMetricStatistics,
        ["GetMetricData"] = DataOperation.GetMetricData,
    }.ToFrozenDictionary();

    public static readonly ServiceFront Front = new(
        AwsService.CloudWatch, Map, (http, error) => CloudWatchProtocol.Of(http).WriteErrorAsync(http, error), RequestBytesMax, OperationOf: _ => null)
    {
        Downstream = new DownstreamForm("CloudWatch", http => new DownstreamDescription(http.Features.Get<CloudWatchRequest>()?.Operation)),
        Forwarding = ServiceForwarding.Of("cloudwatch", "monitoring"),
    };

    static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/", Serve);
        routes.MapPost(CborProtocol.Path, Serve);
    }

    static async Task Serve(HttpContext http)
    {
        var protocol = CloudWatchProtocol.Of(http);
        var request = await protocol.ReadAsync(http);
        http.Features.Set(request);
        if (!Operations.TryGetValue(request.Operation, out var operation))
            throw new AwsException("NotImplemented", StatusCodes.Status501NotImplemented, $"{request.Operation} of CloudWatch is not available on this server.");
        await operation(http);
    }
}
