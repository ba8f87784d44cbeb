using System.Text;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Functions;
using Lambray.Functions.EventSources;
using Lambray.Functions.EventSources.Streams;
using Lambray.Functions.Invocation.Events.Destinations;
using Lambray.Functions.Invocation.Metrics;
using Lambray.Functions.Registry;
using Lambray.Resources.Metrics;
using Lambray.Storage;
using Lambray.Tests.Resources;
using Lambray.Tests.Server;
using Lambray.Tracing;
using Lambray.Tracing.Segments;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Lambray.Tests.Functions.EventSources.Streams;

/// <summary>A mapping of a stream in memory, polled as in life; the function is the test's, time too.</summary>
sealed class StreamWorld : IAsyncDisposable, IEventDestination, IBatchConsumer
{
    static readonly AwsHome Home = new("123456789012", "eu-central-1");

    readonly TemporaryDirectory directory = new();
    readonly SqliteDatabase database;
    readonly ResourcesWorld resources;
    readonly MetricStore metrics;
    readonly StreamSource source;
    readonly EventSourceMapping mapping;
    CancellationTokenSource stop = new();
    Task polling = Task.CompletedTask;

    public StreamWorld(Func<MappingSettings, MappingSettings> settings, Func<Given, BatchOutcome>? function = null)
    {
        Answer = function ?? (_ => Succeeded());
        Log = new MemoryLog(Time);
        database = FunctionsDatabase.Open(directory.Path);
        resources = new ResourcesWorld(directory.Path);
        metrics = MetricStore.Open(directory.Path, new MetricRetention(1024 * 1024), Time, NullLogger<MetricStore>.Instance);
        var functions = new FunctionStore(database);
        var permissions = new RolePermissions(resources.Iam, new ExecutionRoleRule(MustBeAssumable: false), NullLogger<RolePermissions>.Instance);
        source = new StreamSource(
            Log, new StreamPositions(database), functions, permissions, new EventDeliveries([this], Time, NullLogger<EventDeliveries>.Instance), metrics, new FunctionMetrics(metrics, Time),
            services: null!, new CausalChain(IsFull: false), Home, Time, NullLogger<StreamSource>.Instance);
        var uuid = Guid.NewGuid();
        var asked = settings(new MappingSettings { EventSourceArn = Log.Arn.ToString(), StartingPosition = "TRIM_HORIZON" });
        mapping = new EventSourceMapping
        {
            Uuid = uuid,
            Kind = EventSourceKind.Kinesis,
            Function = FunctionName.Parse("worker", null, Home),
            Settings = MappingDefaults.Apply(EventSourceKind.Kinesis, asked, uuid),
            State = MappingState.Enabled,
            IsEnabled = true,
            LastModified = Time.GetUtcNow(),
        };
        database.WriteAsync(connection => MappingRows.Save(connection, mapping, "worker")).GetAwaiter().GetResult();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public MemoryLog Log { get; }

    /// <summary>What the function says of each batch.</summary>
    public Func<Given, BatchOutcome> Answer { get; set; }

    /// <summary>What the function was given, in this order.</summary>
    public List<Given> All { get; } = [];

    /// <summary>The records of what was given up.</summary>
    public List<JsonElement> Told { get; } = [];

    string IEventDestination.Service => "sqs";

    public static BatchOutcome Succeeded(string response = "null") => new(BatchResult.Succeeded, "request", Encoding.UTF8.GetBytes(response), "$LATEST");

    public static BatchOutcome Failed() => new(BatchResult.Failed, "request", "{}"u8.ToArray(), "$LATEST");

    public static BatchOutcome Throttled() => new(BatchResult.Throttled, "request", default, null);

    public void Start()
    {
        stop = new CancellationTokenSource();
        polling = source.PollAsync(mapping, this, stop.Token);
    }

    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await polling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (polling.IsFaulted) await polling;
        stop.Dispose();
    }

    /// <summary>Lets time go by in steps until it holds.</summary>
    public Task UntilAsync(Func<bool> condition, string what, TimeSpan? step = null) => Eventually.HoldsAsync(
        () =>
        {
            if (polling.IsFaulted) polling.GetAwaiter().GetResult();
            lock (All)
                if (condition()) return Task.FromResult(true);
            Time.Advance(step ?? TimeSpan.FromMilliseconds(100));
            return Task.FromResult(false);
        },
        () => $"Not in time: {what}; given: {string.Join(" | ", All.TakeLast(30))}; told: {string.Join(" | ", Told)}");

    public Task<BatchOutcome> InvokeAsync(ReadOnlyMemory<byte> batch, TraceHeader trace, IReadOnlyList<TraceLink>? links = null)
    {
        lock (All)
        {
            var given = new Given(JsonElement.Parse(batch.Span));
            All.Add(given);
            return Task.Run(() => Answer(given));
        }
    }

    Task IEventDestination.DeliverAsync(EventDelivery delivery)
    {
        lock (All) Told.Add(JsonElement.Parse(delivery.Body.Span));
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await metrics.DisposeAsync();
        await database.DisposeAsync();
        await resources.DisposeAsync();
        directory.Dispose();
    }
}

/// <summary>An event of a stream.</summary>
sealed record Given(JsonElement Event)
{
    public IReadOnlyList<(string Key, int Number)> Records { get; } =
        [.. Event.GetProperty(nameof(Records)).EnumerateArray().Select(record => (record.GetProperty("key").GetString()!, record.GetProperty("n").GetInt32()))];

    public override string ToString() => $"{string.Join(',', Records.Select(record => record.Number))}{(Event.TryGetProperty("isFinalInvokeForWindow", out var final) && final.GetBoolean() ? "!" : "")}";
}
