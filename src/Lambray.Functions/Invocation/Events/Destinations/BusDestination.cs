using System.Text;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.EventBridge;

namespace Lambray.Functions.Invocation.Events.Destinations;

/// <summary>Puts records of outcomes on event buses, as events of Lambda's.</summary>
public sealed class BusDestination(EventBuses buses, EventRouter router, AwsHome home) : IEventDestination
{
    public string Service => "events";

    public Task DeliverAsync(EventDelivery delivery)
    {
        var bus = buses.Get(delivery.Target.ToString());
        using var record = JsonDocument.Parse(delivery.Body);
        // Only a record tells the version; a dead letter goes to no bus.
        var function = record.RootElement.GetProperty("requestContext").GetProperty("functionArn").GetString()!;
        return router.RouteAsync(bus.Name, new BusEvent(
            Guid.NewGuid(), "lambda", $"Lambda Function Invocation Result - {(delivery.IsSuccess ? "Success" : "Failure")}", Encoding.UTF8.GetString(delivery.Body.Span), delivery.At,
            [delivery.Target.ToString(), function])
        {
            Home = home,
            TraceHeader = delivery.Trace.Root is null ? null : delivery.Trace.ToString(),
        });
    }
}
