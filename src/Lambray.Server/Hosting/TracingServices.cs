using Lambray.Aws;
using Lambray.Server.Daemon;
using Lambray.Storage;
using Lambray.Tracing;
using Lambray.Tracing.AccountSettings;
using Lambray.Tracing.Groups;
using Lambray.Tracing.Indexing;
using Lambray.Tracing.Insights;
using Lambray.Tracing.Intake;
using Lambray.Tracing.Retrieval;
using Lambray.Tracing.Sampling;
using Lambray.Tracing.ServiceGraph;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceQuery.Statistics;
using Lambray.Tracing.TraceStore;
using Lambray.Tracing.TraceStore.Rocks;

namespace Lambray.Server.Hosting;

/// <summary>Registers the rooms of tracing: the store, the door into it, the ways out of it, and sampling.</summary>
public static class TracingServices
{
    // Other rooms have databases of their own, of the same type.
    static readonly object SettingsKey = typeof(XRayDatabase);

    /// <remarks>Needs an <see cref="AwsHome"/>, a <see cref="TimeProvider"/> and logging.</remarks>
    public static IServiceCollection AddTracing(this IServiceCollection services, string dataDirectory, TimeSpan retention, LambdaSamplingConfig? lambdaSampling = null) => services
        .AddSingleton(_ => RocksTraceStore.Open(dataDirectory, retention))
        .AddSingleton<IntakeBacklog>()
        .AddSingleton<ITraceStore>(services => services.GetRequiredService<RocksTraceStore>())
        .AddSingleton(services => new TraceIndexer(
            services.GetRequiredService<ITraceStore>(), services.GetRequiredService<RocksTraceStore>(), services.GetRequiredService<TraceGroups>(),
            services.GetRequiredService<IntakeBacklog>(), Time(services), services.GetRequiredService<ILogger<TraceIndexer>>()))
        .AddSingleton(services => new TraceRetention(
            services.GetRequiredService<RocksTraceStore>(), retention, Time(services), services.GetRequiredService<ILogger<TraceRetention>>()))
        .AddSingleton<ITraceIndex>(services =>
            new CaughtUpIndex(services.GetRequiredService<RocksTraceStore>(), services.GetRequiredService<TraceIndexer>()))
        .AddSingleton(services =>
        {
            // They are at work before the first document is taken in.
            services.GetRequiredService<TraceIndexer>();
            services.GetRequiredService<TraceRetention>();
            return ActivatorUtilities.CreateInstance<SegmentIntake>(services);
        })
        .AddSingleton<DaemonTelemetry>()
        .AddSingleton<KernelDrops>()
        .AddSingleton<ServiceMaps>()
        .AddSingleton<FilteredMaps>()
        .AddSingleton<StoredTraces>()
        .AddSingleton<SummarySearch>()
        .AddSingleton<TraceScan>()
        .AddSingleton(provider => new TraceRetrievals(
            provider.GetRequiredService<StoredTraces>().FindAsync, Time(provider), provider.GetRequiredService<ILogger<TraceRetrievals>>()))
        .AddXRaySettings(dataDirectory)
        .AddSingleton(provider => new LambdaSamplingSetting(Settings(provider), lambdaSampling ?? new LambdaSamplingConfig()))
        .AddInsights();

    static IServiceCollection AddInsights(this IServiceCollection services) => services
        .AddSingleton<ReadServiceMap>(provider => provider.GetRequiredService<ServiceMaps>().ReadAsync)
        .AddSingleton(provider => new InsightStore(Settings(provider)))
        .AddSingleton<IInsightNotices, LoggedInsights>()
        .AddSingleton<InsightWatch>()
        .AddHostedService<InsightWatching>();

    /// <summary>What the account has set for X-Ray, in a database of its own.</summary>
    static IServiceCollection AddXRaySettings(this IServiceCollection services, string dataDirectory) => services
        .AddKeyedSingleton(SettingsKey, (_, _) => XRayDatabase.Open(dataDirectory))
        .AddSingleton(provider => new SamplingRules(Settings(provider), Home(provider), Time(provider)))
        .AddSingleton<SamplingTargets>()
        .AddSingleton(provider => new TraceGroups(Settings(provider), Home(provider), Time(provider)))
        .AddSingleton<IFilterGroups>(provider => provider.GetRequiredService<TraceGroups>())
        .AddSingleton(provider => new EncryptionSetting(Settings(provider), Home(provider)))
        .AddSingleton(provider => new SegmentDestination(Settings(provider)))
        .AddSingleton(provider => new IndexingRules(Settings(provider), Time(provider)))
        .AddSingleton(provider => new ResourcePolicies(Settings(provider), Time(provider)));

    /// <summary>Where all of it lies that the account has set for X-Ray.</summary>
    internal static SqliteDatabase Settings(IServiceProvider provider) => provider.GetRequiredKeyedService<SqliteDatabase>(SettingsKey);

    static AwsHome Home(IServiceProvider provider) => provider.GetRequiredService<AwsHome>();

    static TimeProvider Time(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();
}
