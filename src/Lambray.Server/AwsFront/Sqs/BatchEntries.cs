using System.Text.RegularExpressions;
using Lambray.Aws;

namespace Lambray.Server.AwsFront.Sqs;

/// <summary>What the three batch operations have in common: at most ten entries, each with an id of its own, each with an outcome of its own.</summary>
static partial class BatchEntries
{
    const int EntriesMax = 10;

    /// <exception cref="AwsException">The batch as a whole is refused.</exception>
    public static IReadOnlyList<BatchEntry> Require(BatchRequest request, string entryName)
    {
        if (request.Entries is not { Count: > 0 } entries)
            throw new AwsException("EmptyBatchRequest", 400, $"There should be at least one {entryName} in the request.");
        if (entries.Count > EntriesMax)
            throw new AwsException("TooManyEntriesInBatchRequest", 400, $"Maximum number of entries per request are {EntriesMax}. You have sent {entries.Count}.");
        foreach (var entry in entries)
            if (entry?.Id is null || !IdRegex().IsMatch(entry.Id))
                throw new AwsException("InvalidBatchEntryId", 400, "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.");
        if (entries.GroupBy(entry => entry.Id).FirstOrDefault(same => same.Count() > 1) is { } repeated)
            throw new AwsException("BatchEntryIdsNotDistinct", 400, $"Id {repeated.Key} repeated.");
        return entries;
    }

    public static BatchError Refused(HttpContext http, BatchEntry entry, AwsException error) =>
        new(entry.Id!, error.Status < 500, SqsProtocol.Of(http).EntryCode(error), error.Message);

    /// <summary>Does something with each entry, and answers with what became of them.</summary>
    public static async Task EachAsync(HttpContext http, IReadOnlyList<BatchEntry> entries, Func<BatchEntry, Task> act)
    {
        var outcomes = await Task.WhenAll(entries.Select(async entry =>
        {
            try
            {
                await act(entry);
                return null;
            }
            catch (AwsException error)
            {
                return Refused(http, entry, error);
            }
        }));
        var good = entries.Zip(outcomes).Where(outcome => outcome.Second is null).Select(outcome => new SendMessageAnswer { Id = outcome.First.Id });
        await SqsDoor.WriteAsync(http, new BatchAnswer([.. good], [.. outcomes.OfType<BatchError>()]), SqsJson.Wire.BatchAnswer);
    }

    [GeneratedRegex(@"^[A-Za-z0-9_\-]{1,80}\z")]
    private static partial Regex IdRegex();
}
