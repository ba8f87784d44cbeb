using Lambray.Aws;
using Lambray.Resources;
using Lambray.Resources.ApiGateway.HttpApis;
using Lambray.Resources.ApiGateway.RestApis;
using Lambray.Resources.DynamoDb;
using Lambray.Resources.DynamoDb.Items;
using Lambray.Resources.DynamoDb.Streams;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.Iam;
using Lambray.Resources.Kinesis;
using Lambray.Resources.Logs;
using Lambray.Resources.Messaging;
using Lambray.Resources.Metrics;
using Lambray.Resources.S3;
using Lambray.Resources.S3.Bodies;
using Lambray.Resources.S3.Multipart;
using Lambray.Resources.S3.Notifications;
using Lambray.Resources.S3.Settings;
using Lambray.Resources.Sns;
using Lambray.Resources.Sns.Delivery;
using Lambray.Resources.Sqs;
using Lambray.Storage;

namespace Lambray.Server.Hosting;

/// <summary>Registers the resources that functions call: IAM, STS and S3 over one database and one directory, queues and topics over another.</summary>
public static class ResourceServices
{
    // Other rooms have databases of their own, of the same type.
    static readonly object DatabaseKey = typeof(ResourcesDatabase);

    const long BytesPerMegabyte = 1024 * 1024;

    // Room for some ten thousand metrics with a value in each minute of a day.
    const long MetricBytesMax = 1024 * BytesPerMegabyte;

    /// <remarks>Needs an <see cref="AwsHome"/> and a <see cref="TimeProvider"/>.</remarks>
    public static IServiceCollection AddResources(this IServiceCollection services, string dataDirectory) => services
        .AddKeyedSingleton(DatabaseKey, (_, _) => ResourcesDatabase.Open(dataDirectory))
        .AddIam()
        .AddS3(dataDirectory)
        .AddSingleton(provider => new HttpApiDirectory(Database(provider), Time(provider)))
        .AddSingleton(provider => new RestApiDirectory(Database(provider), Time(provider)));

    static IServiceCollection AddS3(this IServiceCollection services, string dataDirectory) => services
        .AddSingleton(provider => new BodyStore(Database(provider), new ObjectFiles(dataDirectory)))
        .AddSingleton(provider => new ObjectChanges(Database(provider), provider.GetRequiredService<BodyStore>()))
        .AddSingleton(provider => new BucketStore(Database(provider), provider.GetRequiredService<ObjectChanges>(), Home(provider), Time(provider)))
        .AddSingleton(provider => new BucketSettings(Database(provider)))
        .AddSingleton(provider => new ObjectStore(
            Database(provider), provider.GetRequiredService<BodyStore>(), provider.GetRequiredService<ObjectChanges>(), Time(provider)))
        .AddSingleton(provider => new MultipartUploads(Database(provider), provider.GetRequiredService<ObjectChanges>(), Time(provider)))
        .AddSingleton<BucketNotifications>()
        .AddSingleton<BucketTraces>()
        .AddSingleton(provider => new NotificationDelivery(
            Database(provider), provider.GetRequiredService<ObjectChanges>(), provider.GetServices<INotificationTarget>(), provider.GetRequiredService<BucketTraces>(), Time(provider),
            provider.GetRequiredService<ILogger<NotificationDelivery>>()));

    /// <summary>Registers queues and topics.</summary>
    /// <remarks>Needs what <see cref="AddResources"/> needs, and logging.</remarks>
    public static IServiceCollection AddMessaging(this IServiceCollection services, ServeConfig config) => services
        .AddSingleton(_ => MessagingDatabase.Open(config.DataDirectory))
        .AddSingleton(provider => new DeliveryAccess(Home(provider), isStrict: config.RequiresSignatures || config.Iam == IamMode.Strict))
        .AddSingleton<QueueDirectory>()
        .AddSingleton<TopicDirectory>()
        .AddSingleton<FifoTopics>()
        .AddSingleton<TopicMetrics>()
        .AddSingleton(provider => new NotificationSigning(config.DataDirectory, Time(provider)))
        .AddSingleton<NotificationText>()
        .AddSingleton<ISubscriptionCarrier, WebEndpoints>()
        .AddSingleton<SubscribedQueues>()
        .AddSingleton<TopicDeadLetters>()
        .AddSingleton<TopicDeliveries>()
        .AddSingleton<TopicPublisher>()
        .AddSingleton<INotificationTarget, NotifiedQueues>()
        .AddSingleton<INotificationTarget>(provider => new NotifiedTopics(
            provider.GetRequiredService<TopicDirectory>(), provider.GetRequiredService<DeliveryAccess>(), provider.GetRequiredService<TopicPublisher>, () => LambrayServer.AddressOf(provider)));

    /// <summary>Registers tables and their streams.</summary>
    /// <remarks>Needs what <see cref="AddMessaging"/> needs.</remarks>
    public static IServiceCollection AddTables(this IServiceCollection services, string dataDirectory) => services
        .AddSingleton(_ => DynamoDatabase.Open(dataDirectory))
        .AddSingleton<WriteTurns>()
        .AddSingleton<TableStreams>()
        .AddSingleton<TableDirectory>()
        .AddSingleton<ItemStore>()
        .AddSingleton<ItemReader>()
        .AddSingleton<TableFilling>()
        .AddSingleton<ItemExpiry>()
        .AddSingleton<TransactionTokens>()
        .AddSingleton<TableUpkeep>();
    /// <summary>Registers streams.</summary>
    /// <remarks>Needs what <see cref="AddResources"/> needs, and logging.</remarks>
    public static IServiceCollection AddStreams(this IServiceCollection services, string dataDirectory) => services
        .AddSingleton(_ => KinesisDatabase.Open(dataDirectory))
        .AddSingleton<DataStreams>();

    static IServiceCollection AddIam(this IServiceCollection services) => services
        .AddSingleton(provider => new IamStore(Database(provider), Home(provider), Time(provider)))
        .AddSingleton<ManagedPolicies>()
        .AddSingleton<HeldPolicies>()
        .AddSingleton<IamDirectory>()
        .AddSingleton<UserDirectory>()
        .AddSingleton<AccessKeys>()
        .AddSingleton<InstanceProfiles>()
        .AddSingleton<AccountSettings>()
        .AddSingleton<SecurityTokens>()
        .AddSingleton<SignIns>();

    /// <summary>Registers what functions are watched by.</summary>
    /// <remarks>Needs what <see cref="AddResources"/> needs, and logging.</remarks>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, ServeConfig config) => services
        .AddSingleton(provider => LogStore.Open(
            config.DataDirectory, new LogRetention(config.LogsMax * BytesPerMegabyte), Time(provider), provider.GetRequiredService<ILogger<LogStore>>()))
        .AddSingleton<LogDirectory>()
        .AddSingleton(provider => MetricStore.Open(
            config.DataDirectory, new MetricRetention(MetricBytesMax), Time(provider), provider.GetRequiredService<ILogger<MetricStore>>()));

    static SqliteDatabase Database(IServiceProvider provider) => provider.GetRequiredKeyedService<SqliteDatabase>(DatabaseKey);

    static AwsHome Home(IServiceProvider provider) => provider.GetRequiredService<AwsHome>();

    static TimeProvider Time(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();
}
