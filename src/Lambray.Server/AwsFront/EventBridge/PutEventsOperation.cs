using System.Text;
using System.Text.Json;
using Lambray.Resources.EventBridge;
using static Lambray.Server.AwsFront.EventBridge.EventBridgeWire;

namespace Lambray.Server.AwsFront.EventBridge;

/// <summary>PutEvents: what is good is taken and on disk, what is not is told entry by entry.</summary>
static class PutEventsOperation
{
    const int EntriesMax = 10;

    // "Calculating PutEvents event entry size" in the User Guide.
    const int BytesMax = 1024 * 1024;
    const int TimeBytes = 14;

    public static async Task PutEvents(HttpContext http)
    {
        var asked = await AwsJson.ReadAsync(http, EventBridgeJson.Wire.PutEventsRequest);
        if (asked.Entries is not { Count: > 0 } entries)
            throw EventBridgeErrors.Validation("1 validation error detected: Value '[]' at 'entries' failed to satisfy constraint: Member must have length greater than or equal to 1");
        if (entries.Count > EntriesMax)
            throw EventBridgeErrors.Validation($"1 validation error detected: Value '[PutEventsRequestEntry]' at 'entries' failed to satisfy constraint: Member must have length less than or equal to {EntriesMax}");
        if (entries.Sum(BytesOf) > BytesMax) throw EventBridgeErrors.Validation("Total size of the entries in the request is over the limit.");

        var trace = SentTrace.Of(http);
        var answers = new List<PutEventsResult>(entries.Count);
        var events = new List<(string, BusEvent)>(entries.Count);
        foreach (var entry in entries)
        {
            if (FindFault(entry) is { } fault)
            {
                answers.Add(fault);
                continue;
            }
            var happened = new BusEvent(Guid.NewGuid(), entry.Source!, entry.DetailType!, entry.Detail!, entry.Time?.Time ?? AwsJson.Service<TimeProvider>(http).GetUtcNow(), entry.Resources ?? [])
            {
                Home = Home(http),
                TraceHeader = entry.TraceHeader ?? trace,
            };
            answers.Add(new PutEventsResult(happened.Id.ToString()));
            // As in AWS, an event for a bus that is not there is taken, and nobody hears of it.
            if (Buses(http).Find(entry.EventBusName) is { } bus) events.Add((bus.Name, happened));
        }
        await AwsJson.Service<EventRouter>(http).RouteAsync(events);
        await AwsJson.WriteAsync(http, new PutEventsAnswer(answers.Count(answer => answer.ErrorCode is not null), answers), EventBridgeJson.Wire.PutEventsAnswer);
    }


    static PutEventsResult? FindFault(PutEventsEntry entry) =>
        string.IsNullOrEmpty(entry.Source) ? Missing("Source")
        : entry.Source.StartsWith("aws.", StringComparison.Ordinal) ? new PutEventsResult(null, "NotAuthorizedForSourceException", "Not authorized for the source.")
        : string.IsNullOrEmpty(entry.DetailType) ? Missing("DetailType")
        : string.IsNullOrEmpty(entry.Detail) ? Missing("Detail")
        : IsObject(entry.Detail) ? null
        : new PutEventsResult(null, "MalformedDetail", "Detail is malformed.");

    static PutEventsResult Missing(string member) => new(null, "InvalidArgument", $"Parameter {member} is not valid. Reason: {member} is a required argument.");

    static bool IsObject(string detail)
    {
        try
        {
            using var json = JsonDocument.Parse(detail);
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    static int BytesOf(PutEventsEntry entry) =>
        (entry.Time is null ? 0 : TimeBytes) + Of(entry.Source) + Of(entry.DetailType) + Of(entry.Detail) + (entry.Resources?.Sum(Of) ?? 0);

    static int Of(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}

sealed record PutEventsRequest(IReadOnlyList<PutEventsEntry>? Entries);

sealed record PutEventsEntry(
    string? Source, string? DetailType, string? Detail, WireTimestamp? Time, IReadOnlyList<string>? Resources, string? EventBusName, string? TraceHeader);

sealed record PutEventsAnswer(int FailedEntryCount, IReadOnlyList<PutEventsResult> Entries);

sealed record PutEventsResult(string? EventId, string? ErrorCode = null, string? ErrorMessage = null);
