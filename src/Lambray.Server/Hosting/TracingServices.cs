using Lambray.Tracing.Indexing;
using Lambray.Tracing.Intake;
using Lambray.Tracing.Sampling;
using Lambray.Tracing.ServiceGraph;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceStore;
using Lambray.Tracing.TraceStore.Rocks;

namespace Lambray.Server.Hosting;

/// <summary>Registers the rooms of tracing: the store, the door into it, the ways out of it, and sampling.</summary>
public static class TracingServices
{
    // "Quotas" in the X-Ray Developer Guide: trace data is kept for 30 days.
    static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    /// <remarks>Needs an <see cref="Aws.AwsHome"/>, a <see cref="TimeProvider"/> and logging.</remarks>
    public static IServiceCollection AddTracing(this IServiceCollection services, string dataDirectory) => services
        .AddSingleton(_ => RocksTraceStore.Open(dataDirectory, Retention))
        .AddSingleton<ITraceStore>(services => services.GetRequiredService<RocksTraceStore>())
        .AddSingleton(services => new TraceIndexer(
            services.GetRequiredService<ITraceStore>(), services.GetRequiredService<RocksTraceStore>(), services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<TraceIndexer>>()))
        .AddSingleton<ITraceIndex>(services =>
            new CaughtUpIndex(services.GetRequiredService<RocksTraceStore>(), services.GetRequiredService<TraceIndexer>()))
        .AddSingleton(services =>
        {
            // Listens before the first document is taken in.
            services.GetRequiredService<TraceIndexer>();
            return ActivatorUtilities.CreateInstance<SegmentIntake>(services);
        })
        .AddSingleton<ServiceMaps>()
        .AddSingleton<StoredTraces>()
        .AddSingleton<SummarySearch>()
        .AddSingleton<SamplingRules>()
        .AddSingleton<ReservoirShares>();
}
