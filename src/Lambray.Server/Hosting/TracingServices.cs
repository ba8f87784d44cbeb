using Lambray.Tracing.Intake;
using Lambray.Tracing.Sampling;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceStore;

namespace Lambray.Server.Hosting;

/// <summary>Registers the rooms of tracing: the store, the door into it, the ways out of it, and sampling.</summary>
public static class TracingServices
{
    /// <remarks>Needs an <see cref="Aws.AwsHome"/>, a <see cref="TimeProvider"/> and logging.</remarks>
    public static IServiceCollection AddTracing(this IServiceCollection services, string dataDirectory) => services
        .AddSingleton<ITraceStore>(_ => SqliteTraceStore.Open(dataDirectory))
        .AddSingleton<SegmentIntake>()
        .AddSingleton<StoredTraces>()
        .AddSingleton<SamplingRules>()
        .AddSingleton<ReservoirShares>();
}
