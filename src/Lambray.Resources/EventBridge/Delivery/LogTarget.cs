using System.Text;
using Lambray.Aws;
using Lambray.Resources.Logs;

namespace Lambray.Resources.EventBridge.Delivery;

/// <summary>Log groups as targets: each event is a line of a stream of its own, as in AWS.</summary>
public sealed class LogTarget(LogStore logs, LogDirectory directory) : ITargetCarrier
{
    const string Group = "log-group:";

    public string Service => "logs";

    public async Task DeliverAsync(TargetDelivery delivery, CancellationToken stop)
    {
        var resource = delivery.TargetArn.Resource;
        if (!resource.StartsWith(Group, StringComparison.Ordinal)) throw new AwsException("INVALID_PARAMETER", 400, $"{delivery.TargetArn} is no log group.");
        var name = resource[Group.Length..].Split(':')[0];
        if (!logs.HasGroup(name)) throw new AwsException("NO_RESOURCE", 404, $"There is no log group {name}.");
        var stream = delivery.Event.Id.ToString();
        await directory.CreateStreamAsync(name, stream);
        await logs.PutAsync(name, stream, [new LogEvent(delivery.Event.Time.ToUnixTimeMilliseconds(), Encoding.UTF8.GetBytes(delivery.Input))]);
    }
}
