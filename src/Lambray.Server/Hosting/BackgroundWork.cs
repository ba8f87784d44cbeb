using Lambray.Functions.EventSources;
using Lambray.Functions.ExecutionEnvironments.Provisioned;
using Lambray.Functions.Invocation.Events;
using Lambray.Functions.Registry;
using Lambray.Resources.DynamoDb;
using Lambray.Resources.EventBridge.Delivery;
using Lambray.Resources.EventBridge.Schedules;
using Lambray.Resources.S3.Notifications;
using Lambray.Resources.Sns.Delivery;

namespace Lambray.Server.Hosting;

/// <summary>What a room does beside requests, begun when the server listens.</summary>
/// <param name="StopAsync">Completes when what it had in hand is done; null for what may end at any moment.</param>
sealed record BackgroundWork(Action Start, Func<Task>? StopAsync = null)
{
    /// <summary>Of all rooms, in the order in which it begins; it stops in the other, where events come in before where they go to.</summary>
    public static IReadOnlyList<BackgroundWork> Of(IServiceProvider services)
    {
        var (dispatcher, deliveries, targets) = (Get<EventDispatcher>(), Get<TopicDeliveries>(), Get<TargetDeliveries>());
        var (schedules, polling, notifications) = (Get<RuleSchedules>(), Get<EventSourcePolling>(), Get<NotificationDelivery>());
        return
        [
            new(Get<ProvisionedEnvironments>().Start),
            new(Get<CodeCleanup>().Start),
            new(Get<TableUpkeep>().Start),
            new(dispatcher.Start, dispatcher.StopAsync),
            new(deliveries.Start, deliveries.StopAsync),
            new(targets.Start, targets.StopAsync),
            new(schedules.Start, schedules.StopAsync),
            new(polling.Start, polling.StopAsync),
            new(notifications.Start, notifications.StopAsync),
        ];

        T Get<T>() where T : notnull => services.GetRequiredService<T>();
    }
}
