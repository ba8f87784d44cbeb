using Lambray.Resources.EventBridge;
using static Lambray.Server.AwsFront.EventBridge.EventBridgeWire;

namespace Lambray.Server.AwsFront.EventBridge;

/// <summary>Event buses.</summary>
static class BusOperations
{
    public static async Task CreateEventBus(HttpContext http)
    {
        var asked = await AwsJson.ReadAsync(http, EventBridgeJson.Wire.BusRequest);
        var bus = await Buses(http).CreateAsync(asked.Name, made => Changed(made, asked) with { Tags = TagOperations.Of(asked.Tags) });
        await AwsJson.WriteAsync(http, new BusAnswer { EventBusArn = bus.Arn(Home(http)).ToString(), Description = bus.Description, KmsKeyIdentifier = bus.KmsKeyIdentifier, DeadLetterConfig = asked.DeadLetterConfig },
            EventBridgeJson.Wire.BusAnswer);
    }

    public static async Task UpdateEventBus(HttpContext http)
    {
        var asked = await AwsJson.ReadAsync(http, EventBridgeJson.Wire.BusRequest);
        var bus = await Buses(http).ChangeAsync(asked.Name, former => Changed(former, asked));
        await AwsJson.WriteAsync(http, Describe(http, bus) with { Policy = null, CreationTime = null, LastModifiedTime = null }, EventBridgeJson.Wire.BusAnswer);
    }

    public static async Task DeleteEventBus(HttpContext http)
    {
        var name = Buses(http).NameOf(Required((await AwsJson.ReadAsync(http, EventBridgeJson.Wire.BusRequest)).Name, "name"));
        if (Rules(http).OnBus(name).Any()) throw EventBridgeErrors.Validation($"Event bus {name} can't be deleted since it has rules.");
        await Buses(http).DeleteAsync(name);
        await WriteNothingAsync(http);
    }

    public static async Task DescribeEventBus(HttpContext http) =>
        await AwsJson.WriteAsync(http, Describe(http, Buses(http).Get((await AwsJson.ReadAsync(http, EventBridgeJson.Wire.BusRequest)).Name)), EventBridgeJson.Wire.BusAnswer);

    public static async Task ListEventBuses(HttpContext http)
    {
        var asked = await AwsJson.ReadAsync(http, EventBridgeJson.Wire.BusRequest);
        var (buses, next) = Page(
            Buses(http).All.Where(bus => bus.Name.StartsWith(asked.NamePrefix ?? "", StringComparison.Ordinal)), bus => bus.Name, asked.NextToken, asked.Limit);
        await AwsJson.WriteAsync(http, new ListBusesAnswer([.. buses.Select(bus => Describe(http, bus))], next), EventBridgeJson.Wire.ListBusesAnswer);
    }

    static EventBus Changed(EventBus bus, BusRequest asked) => bus with
    {
        Description = asked.Description ?? bus.Description,
        KmsKeyIdentifier = asked.KmsKeyIdentifier ?? bus.KmsKeyIdentifier,
        DeadLetterQueue = asked.DeadLetterConfig?.Arn ?? bus.DeadLetterQueue,
    };

    static BusAnswer Describe(HttpContext http, EventBus bus) => new()
    {
        Name = bus.Name,
        Arn = bus.Arn(Home(http)).ToString(),
        Description = bus.Description,
        KmsKeyIdentifier = bus.KmsKeyIdentifier,
        DeadLetterConfig = bus.DeadLetterQueue is { } queue ? new DeadLetterConfig(queue) : null,
        Policy = bus.Policy,
        CreationTime = bus.Created.ToEpochSeconds(),
        LastModifiedTime = bus.Modified.ToEpochSeconds(),
    };
}

sealed record BusRequest
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? KmsKeyIdentifier { get; init; }

    public DeadLetterConfig? DeadLetterConfig { get; init; }

    public IReadOnlyList<EventTag>? Tags { get; init; }

    public string? NamePrefix { get; init; }

    public string? NextToken { get; init; }

    public int? Limit { get; init; }
}

sealed record BusAnswer
{
    public string? EventBusArn { get; init; }

    public string? Name { get; init; }

    public string? Arn { get; init; }

    public string? Description { get; init; }

    public string? KmsKeyIdentifier { get; init; }

    public DeadLetterConfig? DeadLetterConfig { get; init; }

    public string? Policy { get; init; }

    public double? CreationTime { get; init; }

    public double? LastModifiedTime { get; init; }
}

sealed record ListBusesAnswer(IReadOnlyList<BusAnswer> EventBuses, string? NextToken);
