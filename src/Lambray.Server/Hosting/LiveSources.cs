using Lambray.Functions.EventSources;
using Lambray.Functions.ExecutionEnvironments;
using Lambray.Functions.Registry;
using Lambray.Resources.Logs;
using Lambray.Server.ConsoleApi.Live;
using Lambray.Tracing.Indexing;

namespace Lambray.Server.Hosting;

/// <summary>Tells the console's open pages what each room says has changed.</summary>
static class LiveSources
{
    // One database holds them, and none of them changes often: a page that asks once too often costs nothing.
    static readonly LiveTopic[] XRaySettings = [LiveTopic.Sampling, LiveTopic.Groups, LiveTopic.Insights, LiveTopic.Settings];

    public static void Connect(IServiceProvider services)
    {
        var live = services.GetRequiredService<LiveChanges>();
        services.GetRequiredService<TraceIndexer>().Indexed += () => live.Tell(LiveTopic.Traces);
        services.GetRequiredService<FunctionRegistry>().Changed += _ => live.Tell(LiveTopic.Functions);
        services.GetRequiredService<EventSourceMappings>().Changed += _ => live.Tell(LiveTopic.Functions);
        services.GetRequiredService<EventSourceMappings>().Progressed += () => live.Tell(LiveTopic.Functions);
        services.GetRequiredService<EnvironmentPool>().Changed += () => live.Tell(LiveTopic.Environments);
        services.GetRequiredService<LogStore>().Written += () =>
        {
            live.Tell(LiveTopic.Logs);
            // An invocation leaves a line when it begins.
            live.Tell(LiveTopic.Environments);
        };
        TracingServices.Settings(services).Written += () =>
        {
            foreach (var topic in XRaySettings) live.Tell(topic);
        };
    }
}
