using System.Text;
using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Resources.Kinesis;

namespace Lambray.Resources.EventBridge.Delivery;

/// <summary>Kinesis streams as targets: the shard goes by the event's id, or by what the target's path leads to.</summary>
public sealed class StreamTarget(DataStreams streams, IamDirectory iam) : ITargetCarrier
{
    const int BytesPerKibibyte = 1024;

    public string Service => "kinesis";

    public async Task DeliverAsync(TargetDelivery delivery, CancellationToken stop)
    {
        var stream = streams.Find(delivery.TargetArn) ?? throw new AwsException("NO_RESOURCE", 404, $"{delivery.TargetArn} is not there.");
        // A role that is not known here may.
        if (Arn.TryParse(delivery.Target.RoleArn, out var role) && iam.CheckAccess(role, "kinesis:PutRecord", delivery.TargetArn.ToString()) == RoleAccess.Denied)
            throw new AwsException("NO_PERMISSIONS", 403, $"{role} may not put records into {delivery.TargetArn}.");
        var key = delivery.Target.KinesisParameters?.PartitionKeyPath is { } path ? delivery.FindText(path) : null;
        var data = Encoding.UTF8.GetBytes(delivery.Input);
        if (data.Length > stream.Model.RecordKibibytes * BytesPerKibibyte) throw new AwsException("INVALID_PARAMETER", 400, "The event is larger than a record of the stream can be.");
        await stream.PutAsync([new NewRecord(string.IsNullOrEmpty(key) ? delivery.Event.Id.ToString() : key, data, TraceHeader: delivery.TraceHeader)]);
    }
}
