using Lambray.Aws;

namespace Lambray.Resources.EventBridge.Delivery;

/// <summary>Other buses as targets: the event goes on as it is, once; a bus that got it from another does not send it further, so that no circle goes on for ever.</summary>
public sealed class BusTarget(EventBuses buses, Func<EventRouter> router) : ITargetCarrier
{
    const int HopsMax = 1;

    public string Service => "events";

    public async Task DeliverAsync(TargetDelivery delivery, CancellationToken stop)
    {
        if (delivery.Event.Hops >= HopsMax) return;
        var bus = buses.Find(delivery.TargetArn.ToString()) ?? throw new AwsException("NO_RESOURCE", 404, $"{delivery.TargetArn} is not there.");
        await router().RouteAsync(bus.Name, delivery.Event with { Hops = delivery.Event.Hops + 1 });
    }
}
