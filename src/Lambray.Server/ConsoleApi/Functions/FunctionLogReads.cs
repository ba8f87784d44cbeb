using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Resources.Logs;
using Lambray.Resources.Logs.FilterPatterns;
using Lambray.Server.AwsFront.Logs;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Functions;

/// <summary>The newest lines of a function's log that a filter pattern lets through.</summary>
static class FunctionLogReads
{
    const int LimitMax = 5_000;

    // A pattern that finds little must not read for minutes.
    const int SearchedBytesMax = 64 * 1024 * 1024;

    /// <param name="pattern">A CloudWatch filter pattern; empty for every line.</param>
    /// <returns>The oldest of them first.</returns>
    public static async Task<LogLines> Read(
        string name, string? pattern, string? stream, [AsParameters] AskedRange range, [FromServices] FunctionRegistry functions, [FromServices] LogStore logs,
        [FromServices] AwsHome home, [FromServices] TimeProvider time, int limit = 500)
    {
        Asked.Within(limit, "limit", LimitMax);
        var group = functions.Get(FunctionName.Parse(name, qualifier: null, home)).LogGroup;
        var filter = ReadOperations.Pattern(pattern ?? "");
        if (!logs.HasGroup(group)) await logs.FlushAsync();
        if (!logs.HasGroup(group)) return new LogLines([], IsWhole: true);
        var asked = range.At(time.GetUtcNow());
        var query = new LogQuery(group, asked.Start.ToUnixTimeMilliseconds(), asked.End.ToUnixTimeMilliseconds())
        {
            FromEnd = true,
            StreamPrefix = stream ?? "",
        };
        return await logs.ReadAsync(query, events => Find(events, filter, limit));
    }

    static LogLines Find(IEnumerable<StoredEvent> events, FilterPattern filter, int limit)
    {
        var (found, searched) = (new List<LogLine>(), 0L);
        foreach (var item in events)
        {
            if (found.Count == limit || searched > SearchedBytesMax)
            {
                found.Reverse();
                return new LogLines(found, IsWhole: false);
            }
            searched += item.Message.Length;
            if (filter.Matches(ReadOperations.TextOf(item))) found.Add(LogLine.Of(item));
        }
        found.Reverse();
        return new LogLines(found, IsWhole: true);
    }
}
