using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Lambray.Aws;
using Lambray.Storage;

namespace Lambray.Resources.EventBridge;

/// <summary>The buses of the account: the default one, which is always there, and those that were made.</summary>
public sealed partial class EventBuses(SqliteDatabase database, AwsHome home, TimeProvider time)
{
    const int CountMax = 100;
    const string ArnStart = "event-bus/";

    readonly RecordSet<EventBus> buses = new(database, "event-bus", EventBusStoreJson.Default.EventBus);
    readonly DateTimeOffset started = time.GetUtcNow();

    /// <summary>By name.</summary>
    public IEnumerable<EventBus> All => buses.All.Values.Append(Find(EventBus.Default)!).DistinctBy(bus => bus.Name).OrderBy(bus => bus.Name, StringComparer.Ordinal);

    /// <param name="name">A name or an ARN; null for the default bus.</param>
    public EventBus? Find(string? name)
    {
        var known = NameOf(name);
        return buses.Find(known) ?? (known == EventBus.Default ? new EventBus(EventBus.Default, started, started) : null);
    }

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public EventBus Get(string? name) => Find(name) ?? throw EventBridgeErrors.NoBus(NameOf(name));

    /// <exception cref="AwsException">ResourceAlreadyExistsException, ValidationException, LimitExceededException.</exception>
    public Task<EventBus> CreateAsync(string? name, Func<EventBus, EventBus> fill)
    {
        if (name is null || !NameRegex().IsMatch(name)) throw EventBridgeErrors.Validation($"1 validation error detected: Value '{name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [/\\.\\-_A-Za-z0-9]+");
        if (name.Contains('/', StringComparison.Ordinal)) throw EventBridgeErrors.Validation("Event bus name must not contain '/'.");
        if (name == EventBus.Default) throw AlreadyThere(name);
        return buses.PutAsync(all =>
        {
            if (all.ContainsKey(name)) throw AlreadyThere(name);
            if (all.Count >= CountMax) throw new AwsException("LimitExceededException", 400, "The requested resource exceeds the maximum number allowed.");
            var now = time.GetUtcNow();
            return (name, fill(new EventBus(name, now, now)));
        });
    }

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public Task<EventBus> ChangeAsync(string? name, Func<EventBus, EventBus> change)
    {
        var known = Get(name).Name;
        return buses.PutAsync(all => (known, change(all.GetValueOrDefault(known) ?? Get(known)) with { Modified = time.GetUtcNow() }));
    }

    /// <summary>One that is not there is as good as deleted.</summary>
    public async Task DeleteAsync(string name)
    {
        if (name == EventBus.Default) throw EventBridgeErrors.Validation("Cannot delete event bus default.");
        if (buses.Find(name) is null) return;
        await buses.RemoveAsync(all => all.ContainsKey(name) ? name : throw EventBridgeErrors.NoBus(name));
    }

    /// <summary>The name in an ARN, or what is a name already.</summary>
    public string NameOf(string? name) =>
        string.IsNullOrEmpty(name) ? EventBus.Default
        : Arn.TryParse(name, out var arn) && arn.Service == "events" && arn.Region == home.Region && arn.Resource.StartsWith(ArnStart, StringComparison.Ordinal) ? arn.Resource[ArnStart.Length..]
        : name;

    static AwsException AlreadyThere(string name) => new("ResourceAlreadyExistsException", 400, $"Event bus {name} already exists.");

    [GeneratedRegex(@"^[/.\-_A-Za-z0-9]{1,256}\z")]
    private static partial Regex NameRegex();
}

[JsonSerializable(typeof(EventBus))]
sealed partial class EventBusStoreJson : JsonSerializerContext;
