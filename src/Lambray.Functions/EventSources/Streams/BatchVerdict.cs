using System.Text.Json;

namespace Lambray.Functions.EventSources.Streams;

/// <summary>What a function's answer says of its batch: a value from values.</summary>
/// <param name="Done">How many records from the first on are done; fewer than all of them is a failure.</param>
/// <param name="State">Of a tumbling window, as it is now.</param>
readonly record struct BatchVerdict(int Done, bool IsSuccess, JsonElement? State)
{
    /// <param name="isWindow">The answer has to hold the window's state.</param>
    public static BatchVerdict Of(BatchOutcome outcome, IReadOnlyList<LogRecord> records, bool reportsFailures, bool isWindow)
    {
        if (outcome.Result != BatchResult.Succeeded) return Failure;
        JsonElement? state = null;
        if (isWindow && (state = ReadState(outcome.Response)) is null) return Failure;
        if (!reportsFailures) return new BatchVerdict(records.Count, true, state);
        if (ItemFailures.Read(outcome.Response.Span, records.Select(record => record.SequenceNumber).ToHashSet()) is not { } failed) return Failure;
        // Of several the lowest is where it goes on ("Reporting batch item failures").
        var done = records.TakeWhile(record => !failed.Contains(record.SequenceNumber)).Count();
        return new BatchVerdict(done, done == records.Count, done > 0 ? state : null);
    }

    static BatchVerdict Failure => new(0, false, null);

    static JsonElement? ReadState(ReadOnlyMemory<byte> response)
    {
        try
        {
            var answer = JsonElement.Parse(response.Span);
            return answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("state", out var state) ? state : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
