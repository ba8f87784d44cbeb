using Lambray.Aws;
using Lambray.Functions.Invocation.Events.Destinations;
using Lambray.Functions.Invocation.Triggers;
using Lambray.Resources;
using Lambray.Resources.EventBridge;
using Lambray.Resources.EventBridge.Delivery;
using Lambray.Resources.EventBridge.Schedules;
using Lambray.Resources.Messaging;
using Lambray.Resources.S3.Notifications;
using Lambray.Resources.Sns;
using Lambray.Storage;

namespace Lambray.Server.Hosting;

/// <summary>Registers event buses, their rules, and those whom the rules send events to.</summary>
static class EventBridgeServices
{
    /// <remarks>Needs resources, messaging, telemetry and functions.</remarks>
    public static IServiceCollection AddEventBridge(this IServiceCollection services) => services
        .AddSingleton(provider => new EventBuses(Database(provider), provider.GetRequiredService<AwsHome>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new EventRules(
            Database(provider), provider.GetRequiredService<EventBuses>(), provider.GetRequiredService<AwsHome>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<BusTraces>()
        .AddSingleton<TargetDeadLetters>()
        .AddSingleton<TargetDeliveries>()
        .AddSingleton<EventRouter>()
        .AddSingleton<RuleSchedules>()
        .AddSingleton<ITargetCarrier, RuleFunctions>()
        .AddSingleton<ITargetCarrier, QueueTarget>()
        .AddSingleton<ITargetCarrier>(provider => new TopicTarget(
            provider.GetRequiredService<TopicDirectory>(), provider.GetRequiredService<DeliveryAccess>(), provider.GetRequiredService<TopicPublisher>,
            () => LambrayServer.AddressOf(provider)))
        .AddSingleton<ITargetCarrier, StreamTarget>()
        .AddSingleton<ITargetCarrier, LogTarget>()
        .AddSingleton<ITargetCarrier>(provider => new BusTarget(provider.GetRequiredService<EventBuses>(), provider.GetRequiredService<EventRouter>))
        .AddSingleton<IEventDestination, BusDestination>()
        .AddSingleton<INotificationTarget, NotifiedBus>();

    static SqliteDatabase Database(IServiceProvider provider) => provider.GetRequiredKeyedService<SqliteDatabase>(typeof(ResourcesDatabase));
}
