using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lambray.Aws;
using Lambray.Server.Cli.AwsApi;
using Lambray.Server.Cli.Drawing;

namespace Lambray.Server.Cli;

/// <summary><c>lambray traces</c>: the latest traces, one a line, and with <c>--follow</c> those that come.</summary>
static partial class TracesCommand
{
    static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    // What comes is asked for by when it came; two clocks may differ a little, and so may two answers.
    static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    public static Command Create(Terminal terminal)
    {
        var filter = new Option<string?>("--filter") { HelpName = "EXPR", Description = "A filter expression of X-Ray, such as 'fault OR responsetime > 1' or 'service(\"shop\")'" };
        var since = SinceOption.Create("1h");
        var follow = new Option<bool>("--follow") { Description = "Wait for more, until interrupted" };
        var json = JsonOutput.Option();
        var endpoint = Connection.EndpointOption();
        var command = new Command("traces", "List the latest traces") { filter, since, follow, json, endpoint };
        command.SetAction((parsed, cancellation) => Connection.CallAsync(parsed.GetValue(endpoint), terminal, async aws =>
        {
            var expression = parsed.GetValue(filter);
            var listing = new Listing(new XRayApi(aws), expression, parsed.GetValue(json), terminal);
            try
            {
                if (parsed.GetValue(follow)) await listing.FollowAsync(parsed.GetValue(since), cancellation);
                else await listing.ShowAsync(parsed.GetValue(since), cancellation);
            }
            catch (AwsException refusal) when (expression is not null && Place().Match(refusal.Message) is { Success: true } place)
            {
                throw Mistake(expression, int.Parse(place.Groups["position"].ValueSpan, CultureInfo.InvariantCulture), place.Groups["what"].Value, terminal);
            }
            return ExitCodes.Done;
        }));
        return command;
    }

    // Shows the place under the text, as a compiler does.
    static CommandException Mistake(string expression, int position, string what, Terminal terminal)
    {
        terminal.Note(expression.ReplaceLineEndings(" "));
        terminal.Note(new string(' ', TextWidth.Of(expression[..Math.Clamp(position - 1, 0, expression.Length)])) + "^");
        return new CommandException($"the filter is not understood here: {what}", ExitCodes.Misused);
    }

    [GeneratedRegex(@"at position (?<position>\d+): (?<what>.*?)\.?$")]
    private static partial Regex Place();

    sealed class Listing(XRayApi xray, string? filter, bool json, Terminal terminal)
    {
        // What was shown, and when it will not be met again.
        readonly Dictionary<string, DateTimeOffset> shown = [];

        public async Task ShowAsync(TimeSpan since, CancellationToken cancellation)
        {
            var summaries = await xray.GetTraceSummariesAsync(TimeRange.Since(since, terminal.Time), filter, byArrival: false, cancellation);
            if (json) terminal.WriteItems("TraceSummaries", summaries);
            else if (summaries.Count == 0) terminal.Note(filter is null ? "There are no traces of that time." : "No trace of that time fits the filter.");
            else terminal.Draw(TraceList.Draw([.. summaries.Select(Read)], TimeZoneInfo.Local));
        }

        public async Task FollowAsync(TimeSpan since, CancellationToken cancellation)
        {
            if (!json) terminal.Draw([TraceList.Header]);
            for (var window = since + Overlap; !cancellation.IsCancellationRequested; window = Overlap)
            {
                var now = terminal.Time.GetUtcNow();
                foreach (var item in await xray.GetTraceSummariesAsync(TimeRange.Since(window, terminal.Time), filter, byArrival: true, cancellation)) Show(item, now);
                foreach (var (id, until) in shown)
                    if (until < now) shown.Remove(id);
                await Task.Delay(PollInterval, terminal.Time, cancellation);
            }
        }

        // Once, when all of it has come.
        void Show(JsonElement item, DateTimeOffset now)
        {
            var summary = Read(item);
            if (summary.IsPartial) return;
            var isNew = !shown.ContainsKey(summary.Id);
            shown[summary.Id] = now + (2 * Overlap);
            if (!isNew) return;
            if (json) terminal.Say(item.GetRawText());
            else terminal.Draw([TraceList.Line(summary, TimeZoneInfo.Local)]);
        }

        static TraceSummaryItem Read(JsonElement item) => XRayApi.Read(item, AwsApiJson.Default.TraceSummaryItem);
    }
}
