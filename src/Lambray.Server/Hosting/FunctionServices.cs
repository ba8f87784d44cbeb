using Lambray.Aws;
using Lambray.Functions;
using Lambray.Functions.EventSources;
using Lambray.Functions.EventSources.Queues;
using Lambray.Functions.EventSources.Streams;
using Lambray.Functions.EventSources.Streams.DynamoDb;
using Lambray.Functions.EventSources.Streams.Kinesis;
using Lambray.Functions.ExecutionEnvironments;
using Lambray.Functions.ExecutionEnvironments.Isolation;
using Lambray.Functions.ExecutionEnvironments.Prestart;
using Lambray.Functions.ExecutionEnvironments.Provisioned;
using Lambray.Functions.ExecutionEnvironments.Runtimes;
using Lambray.Functions.Invocation;
using Lambray.Functions.Invocation.Events;
using Lambray.Functions.Invocation.Events.Destinations;
using Lambray.Functions.Invocation.KeptEvents;
using Lambray.Functions.Invocation.Metrics;
using Lambray.Functions.Invocation.Triggers;
using Lambray.Functions.Registry;
using Lambray.Functions.Registry.Aliases;
using Lambray.Functions.Registry.CodeSigning;
using Lambray.Functions.Registry.Concurrency;
using Lambray.Functions.Registry.EventInvocation;
using Lambray.Functions.Registry.Layers;
using Lambray.Functions.Registry.Policies;
using Lambray.Functions.Registry.TestEvents;
using Lambray.Functions.Registry.Urls;
using Lambray.Functions.Registry.Versions;
using Lambray.Resources.Metrics;
using Lambray.Resources.S3.Notifications;
using Lambray.Resources.Sns;
using Lambray.Resources.Sns.Delivery;
using Lambray.Server.Environments;
using Lambray.Storage;
using Lambray.Tracing;
using Lambray.Tracing.Sampling;
using Lambray.Tracing.Segments;

namespace Lambray.Server.Hosting;

/// <summary>Registers the rooms that run functions: registry, execution environments, invocation, event sources.</summary>
static class FunctionServices
{
    const long BytesPerMegabyte = 1024 * 1024;

    // Other rooms have databases of their own, of the same type.
    static readonly object DatabaseKey = typeof(FunctionsDatabase);

    /// <remarks>Needs resources, tracing, an <see cref="AwsHome"/> and a <see cref="TimeProvider"/>.</remarks>
    public static IServiceCollection AddFunctions(this IServiceCollection services, ServeConfig config, DataDirectory data, IIsolation isolation) => services
        .AddKeyedSingleton(DatabaseKey, (_, _) => FunctionsDatabase.Open(data.Path))
        .AddSingleton(isolation)
        .AddSingleton(provider => new CodeStore(data.Code, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<CodeCleanup>()
        .AddSingleton(new RuntimeCatalog(Path.Combine(AppContext.BaseDirectory, "runtimes"), Environment.GetEnvironmentVariable("PATH"), config.Runtimes))
        .AddSingleton(provider => new LayerRegistry(
            Database(provider), provider.GetRequiredService<CodeStore>(), provider.GetRequiredService<CodeQuota>(), provider.GetRequiredService<AwsHome>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new LayerFolders(data.Layers, provider.GetRequiredService<CodeStore>()))
        .AddSingleton(provider => new FunctionStore(Database(provider)))
        .AddSingleton<CodeQuota>()
        .AddSingleton<CodeSource>()
        .AddSingleton<FunctionVersions>()
        .AddSingleton<FunctionAliases>()
        .AddSingleton<FunctionPolicies>()
        .AddSingleton<EventInvokeConfigs>()
        .AddSingleton<FunctionUrls>()
        .AddSingleton(new AccountLimits(config.ConcurrentExecutions, config.CodeStorage * BytesPerMegabyte))
        .AddSingleton<ConcurrencyReservations>()
        .AddSingleton<ProvisionedConcurrencies>()
        .AddSingleton<FunctionRules>()
        .AddSingleton<ResourceTags>()
        .AddSingleton<ITaggedResources>(provider => provider.GetRequiredService<CodeSigningConfigs>())
        .AddSingleton(new ExecutionRoleRule(config.Iam == IamMode.Strict))
        .AddSingleton<RolePermissions>()
        .AddSingleton<ExecutionRoles>()
        .AddSingleton(provider => new TestEvents(
            Database(provider), provider.GetRequiredService<FunctionStore>(), provider.GetRequiredService<AwsHome>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new LayerPolicies(Database(provider), provider.GetRequiredService<LayerRegistry>(), provider.GetRequiredService<AwsHome>()))
        .AddSingleton(provider => new CodeSigningConfigs(
            Database(provider), provider.GetRequiredService<FunctionStore>(), provider.GetRequiredService<AwsHome>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new FunctionRegistry(
            provider.GetRequiredService<FunctionStore>(), provider.GetRequiredService<CodeStore>(), provider.GetRequiredService<LayerRegistry>(),
            provider.GetRequiredService<CodeSigningConfigs>(), provider.GetRequiredService<RolePermissions>(), provider.GetRequiredService<CodeQuota>(),
            provider.GetRequiredService<RuntimeCatalog>().WhyUnavailableAsync, provider.GetRequiredService<AwsHome>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<FunctionRegistry>>()))
        .AddSingleton<EnvironmentTransport>()
        .AddSingleton<IEnvironmentDoors, EnvironmentDoors>()
        .AddSingleton(config.PrestartedMax is { } prestarted ? new PrestartConfig(prestarted) : PrestartConfig.ForThisMachine())
        .AddSingleton<PrestartedRuntimes>()
        .AddSingleton<EnvironmentStarter>()
        .AddSingleton(PoolConfig(config))
        .AddSingleton<EnvironmentPool>()
        .AddSingleton<ProvisionedEnvironments>()
        .AddSingleton<ConcurrencyLimits>()
        .AddSingleton<FunctionMetrics>()
        .AddSingleton<RequestLog>()
        .AddSingleton(provider => new EventKeeper(
            data.Path, new KeptEventLimits(config.KeptEventsMax * BytesPerMegabyte), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<EventKeeper>>()))
        .AddSingleton<AttemptRunner>()
        .AddSingleton(provider =>
        {
            var setting = provider.GetRequiredService<LambdaSamplingSetting>();
            return new LambdaSampler(() => setting.Current, Random.Shared);
        })
        .AddSingleton<SegmentRecorder>()
        .AddSingleton(provider => new EventQueue(Database(provider), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<EventAcceptance>()
        .AddSingleton<Invoker>()
        .AddSingleton<INotificationTarget, NotifiedFunctions>()
        .AddSingleton<IEventDestination, S3Destination>()
        .AddSingleton<IEventDestination, QueueDestination>()
        .AddSingleton<IEventDestination>(provider => new TopicDestination(
            provider.GetRequiredService<TopicDirectory>(), provider.GetRequiredService<TopicPublisher>, () => LambrayServer.AddressOf(provider)))
        .AddSingleton<ISubscriptionCarrier, SubscribedFunctions>()
        .AddSingleton(provider => new PassedServices(provider.GetRequiredService<SegmentRecorder>().Record, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<TopicTraces>()
        .AddSingleton<EventDeliveries>()
        .AddSingleton<EventEndings>()
        .AddSingleton<EventRunner>()
        .AddSingleton<EventDispatcher>()
        .AddSingleton<QueueSource>()
        .AddSingleton(provider => IsElsewhere(config, "sqs") ? new SourceElsewhere(EventSourceKind.Sqs, "SQS") : (IEventSource)provider.GetRequiredService<QueueSource>())
        .AddSingleton(provider => new StreamPositions(Database(provider)))
        .AddSingleton<KinesisLogs>()
        .AddSingleton<TableLogs>()
        .AddSingleton(provider => IsElsewhere(config, "kinesis")
            ? new SourceElsewhere(EventSourceKind.Kinesis, "Kinesis")
            : (IEventSource)Streams(provider, provider.GetRequiredService<KinesisLogs>()))
        .AddSingleton(provider => IsElsewhere(config, "dynamodb")
            ? new SourceElsewhere(EventSourceKind.DynamoDbStreams, "DynamoDB")
            : (IEventSource)Streams(provider, provider.GetRequiredService<TableLogs>()))
        .AddSingleton(provider => new EventSourceMappings(
            Database(provider), provider.GetRequiredService<FunctionStore>(), provider.GetRequiredService<RolePermissions>(),
            provider.GetServices<IEventSource>(), provider.GetRequiredService<AwsHome>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<ITaggedResources>(provider => provider.GetRequiredService<EventSourceMappings>())
        .AddSingleton<EventSourcePolling>();

    static bool IsElsewhere(ServeConfig config, string service) => config.Elsewhere.GetValueOrDefault(service)?.Endpoint is not null;

    static StreamSource Streams(IServiceProvider provider, IShardedLogs logs) => new(
        logs, provider.GetRequiredService<StreamPositions>(), provider.GetRequiredService<FunctionStore>(), provider.GetRequiredService<RolePermissions>(),
        provider.GetRequiredService<EventDeliveries>(), provider.GetRequiredService<MetricStore>(), provider.GetRequiredService<FunctionMetrics>(),
        provider.GetRequiredService<PassedServices>(), provider.GetRequiredService<CausalChain>(), provider.GetRequiredService<AwsHome>(),
        provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<StreamSource>>());

    static EnvironmentPoolConfig PoolConfig(ServeConfig config)
    {
        var machine = EnvironmentPoolConfig.ForThisMachine();
        return machine with
        {
            EnvironmentsMax = config.EnvironmentsMax ?? machine.EnvironmentsMax,
            MemoryMax = config.Memory ?? machine.MemoryMax,
        };
    }

    static SqliteDatabase Database(IServiceProvider provider) => provider.GetRequiredKeyedService<SqliteDatabase>(DatabaseKey);
}
