using Lambray.Server.Cli.Drawing;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.Cli.Demo;

/// <summary>What the trace of an invocation of the sample has to show.</summary>
/// <remarks>
/// <code>
/// AWS::Lambda                  200, or 202 for an asynchronous event
///   Dwell Time                 asynchronous only
///   Attempt #1                 asynchronous only; the function segment is then beneath it
///   AWS::Lambda::Function
///     Initialization           cold only
///     ## compose-greeting      the sample's own subsegment
///     S3                       aws, PutObject
///       AWS::S3                inferred from it
///     Overhead
/// </code>
/// </remarks>
public sealed record ExpectedTrace(bool Async, bool Cold)
{
    /// <summary>What is not as expected, each in a few words; none when the trace is whole.</summary>
    public IReadOnlyList<string> Missing(TraceTimeline? timeline)
    {
        if (timeline is null) return ["the trace"];
        var missing = new List<string>();
        var service = Require(timeline.Rows, "segment AWS::Lambda", row => row.Origin == "AWS::Lambda" && row.HttpStatus == (Async ? 202 : 200));
        if (Async) Require(Beneath(service), "subsegment Dwell Time", row => row.Name == "Dwell Time");
        var caller = Async ? Require(Beneath(service), "subsegment Attempt #1", row => row.Name == "Attempt #1") : service;
        var function = Require(Beneath(caller), "segment AWS::Lambda::Function", row => row.Origin == "AWS::Lambda::Function");
        RequireInit(Beneath(function));
        Require(Beneath(function), "subsegment ## compose-greeting", row => row.Name == "## compose-greeting");
        var put = Require(Beneath(function), "subsegment S3 PutObject", row => row is { Name: "S3", Namespace: "aws" } && row.Operation == "PutObject");
        Require(Beneath(put), "inferred segment AWS::S3", row => row is { Origin: "AWS::S3", Inferred: true });
        Require(Beneath(function), "subsegment Overhead", row => row.Name == "Overhead");
        missing.AddRange(timeline.Rows.Where(row => row.Status != TimelineStatus.Ok).Select(row => $"a good end of {row.Name} ({row.Status})"));
        return missing;

        IEnumerable<TimelineRow> Beneath(TimelineRow? parent) => timeline.Rows.Where(row => parent is not null && row.ParentId == parent.Id);

        TimelineRow? Require(IEnumerable<TimelineRow> rows, string what, Func<TimelineRow, bool> isIt)
        {
            var found = rows.FirstOrDefault(isIt);
            if (found is null) missing.Add(what);
            return found;
        }

        void RequireInit(IEnumerable<TimelineRow> rows)
        {
            var initialized = rows.Any(row => row.Name == "Initialization");
            if (initialized != Cold) missing.Add(Cold ? "subsegment Initialization" : "a warm start (there is an Initialization)");
        }
    }
}
