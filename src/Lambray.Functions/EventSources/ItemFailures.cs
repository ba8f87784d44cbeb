using System.Text.Json;

namespace Lambray.Functions.EventSources;

/// <summary>What a function reports of single records: <c>{"batchItemFailures": [{"itemIdentifier": "id"}]}</c>.</summary>
static class ItemFailures
{
    /// <param name="ids">Of the records in the batch.</param>
    /// <returns>Those that failed; null when the answer makes no sense, which fails the whole batch.</returns>
    public static IReadOnlySet<string>? Read(ReadOnlySpan<byte> response, IReadOnlySet<string> ids)
    {
        var failed = new HashSet<string>();
        if (response.IsEmpty) return failed;
        try
        {
            var answer = JsonElement.Parse(response);
            if (answer.ValueKind == JsonValueKind.Null || (answer.ValueKind == JsonValueKind.String && answer.GetString()!.Length == 0)) return failed;
            // An empty answer, as one without failures, is success (recorded, the empty list too).
            if (answer.ValueKind == JsonValueKind.Array && answer.GetArrayLength() == 0) return failed;
            if (answer.ValueKind != JsonValueKind.Object) return null;
            if (!answer.TryGetProperty("batchItemFailures", out var failures) || failures.ValueKind == JsonValueKind.Null) return failed;
            if (failures.ValueKind != JsonValueKind.Array) return null;
            foreach (var failure in failures.EnumerateArray())
            {
                if (failure.ValueKind != JsonValueKind.Object || !failure.TryGetProperty("itemIdentifier", out var id) || id.ValueKind != JsonValueKind.String
                    || !ids.Contains(id.GetString()!)) return null;
                failed.Add(id.GetString()!);
            }
            return failed;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
