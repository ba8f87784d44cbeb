using Lambray.Aws;
using Lambray.Resources.DynamoDb;
using Lambray.Resources.DynamoDb.Items;
using Lambray.Resources.DynamoDb.Streams;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Lambray.Tests.Resources.DynamoDb;

/// <summary>The tables of one account, over a data directory.</summary>
sealed class TablesWorld : IAsyncDisposable
{
    readonly DynamoDatabase database;
    readonly WriteTurns turns;
    readonly TableFilling filling;
    readonly TransactionTokens tokens;

    public TablesWorld(string dataDirectory, FakeTimeProvider? time = null)
    {
        Time = time ?? Time;
        database = DynamoDatabase.Open(dataDirectory);
        turns = new WriteTurns(database);
        Streams = new TableStreams(database, turns, Home, Time);
        Tables = new TableDirectory(database, turns, Streams, Home);
        tokens = new TransactionTokens(database, turns, Time);
        Items = new ItemStore(database, turns, Tables, Streams, tokens, Time);
        Reader = new ItemReader(database);
        Expiry = new ItemExpiry(database, Tables, Items, Time);
        filling = new TableFilling(database, turns, Tables, Time, NullLogger<TableFilling>.Instance);
        filling.Start();
    }

    public AwsHome Home { get; } = new("123456789012", "eu-central-1");

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public TableStreams Streams { get; }

    public TableDirectory Tables { get; }

    public ItemStore Items { get; }

    public ItemReader Reader { get; }

    public ItemExpiry Expiry { get; }

    /// <summary>A table of partition key <c>p</c> (a string) and sort key <c>s</c>.</summary>
    public Task<TableModel> CreateAsync(AttributeType sort = AttributeType.N, StreamView? stream = null, params IReadOnlyList<IndexModel> indexes)
    {
        var key = new KeySchema(new KeyAttribute("p", AttributeType.S), new KeyAttribute("s", sort));
        return Tables.CreateAsync(
            new TableModel
            {
                Name = "table", Number = 0, Id = Guid.Empty, CreationTime = Time.GetUtcNow(), Key = key, Attributes = [.. key.Attributes], BillingMode = BillingMode.PayPerRequest,
                Throughput = ThroughputModel.None, Indexes = indexes,
            },
            stream);
    }

    public static IndexModel Index(string name, string partition, string? sort = null, ProjectionType projection = ProjectionType.All) => new()
    {
        Name = name, Number = 0, IsGlobal = true, Projection = projection,
        Key = new KeySchema(new KeyAttribute(partition, AttributeType.S), sort is null ? null : new KeyAttribute(sort, AttributeType.N)),
    };

    public static MapValue Item(params (string Name, AttributeValue Value)[] attributes) => new(attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value));

    public static StringValue Text(string text) => new(text);

    public static NumberValue Number(string number) => new(DynamoNumber.Parse(number));

    public async ValueTask DisposeAsync()
    {
        await filling.DisposeAsync();
        await turns.DisposeAsync();
        database.Dispose();
    }
}
