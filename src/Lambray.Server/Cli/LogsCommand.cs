using System.CommandLine;
using Lambray.Aws;
using Lambray.Server.Cli.AwsApi;
using Lambray.Server.Cli.Drawing;

namespace Lambray.Server.Cli;

/// <summary><c>lambray logs NAME</c>: what a function logged, and with <c>--follow</c> what it goes on to log.</summary>
static class LogsCommand
{
    static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    // Lines may come with the time of an earlier moment: each poll looks back a little.
    static readonly TimeSpan Late = TimeSpan.FromSeconds(10);

    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("name") { HelpName = "NAME", Description = "The function's name or ARN, or a log group" };
        var follow = new Option<bool>("--follow") { Description = "Wait for more, until interrupted" };
        var since = SinceOption.Create("10m");
        var filter = new Option<string?>("--filter") { HelpName = "PATTERN", Description = "A filter pattern of CloudWatch Logs, such as ERROR or '{ $.level = \"ERROR\" }'" };
        var json = new Option<bool>("--json") { Description = "Each event as a line of JSON" };
        var endpoint = Connection.EndpointOption();
        var command = new Command("logs", "Show what a function logged") { name, follow, since, filter, json, endpoint };
        command.SetAction((parsed, cancellation) => Connection.CallAsync(parsed.GetValue(endpoint), terminal, async aws =>
        {
            var group = await FindGroupAsync(parsed.GetRequiredValue(name), new LambdaApi(aws), cancellation);
            var reading = new Reading(new LogsApi(aws), group, parsed.GetValue(filter), parsed.GetValue(json), terminal);
            var start = terminal.Time.GetUtcNow() - parsed.GetValue(since);
            if (parsed.GetValue(follow)) await reading.FollowAsync(start, cancellation);
            else if (await reading.ShowAsync(start, cancellation) == 0) terminal.Note($"Nothing in {group} since {start.ToLocalTime():yyyy-MM-dd HH:mm:ss}.");
            return ExitCodes.Done;
        }));
        return command;
    }

    // A function may log elsewhere than its name says.
    static async Task<string> FindGroupAsync(string name, LambdaApi lambda, CancellationToken cancellation) =>
        name.StartsWith('/') ? name : (await lambda.GetFunctionAsync(name, cancellation)).LoggingConfig?.LogGroup ?? $"/aws/lambda/{name}";

    sealed class Reading(LogsApi logs, string group, string? filter, bool json, Terminal terminal)
    {
        /// <summary>The ids of the latest events, and when those were.</summary>
        readonly Dictionary<string, long> shown = [];

        /// <summary>Shows what there is, and returns how much.</summary>
        public async Task<int> ShowAsync(DateTimeOffset start, CancellationToken cancellation)
        {
            var count = 0;
            try
            {
                await foreach (var item in logs.FilterLogEventsAsync(group, start, filter, cancellation))
                {
                    var read = LogsApi.Read(item);
                    if (!shown.TryAdd(read.EventId, read.Timestamp)) continue;
                    count++;
                    if (json) terminal.Say(item.GetRawText());
                    else Draw(read);
                }
            }
            // A function that has never run has no group yet.
            catch (AwsException refusal) when (refusal.Code == "ResourceNotFoundException")
            {
            }
            return count;
        }

        public async Task FollowAsync(DateTimeOffset start, CancellationToken cancellation)
        {
            while (!cancellation.IsCancellationRequested)
            {
                await ShowAsync(start, cancellation);
                if (shown.Count > 0)
                {
                    var latest = DateTimeOffset.FromUnixTimeMilliseconds(shown.Values.Max()) - Late;
                    if (latest > start) start = latest;
                    foreach (var (id, at) in shown)
                        if (at < start.ToUnixTimeMilliseconds()) shown.Remove(id);
                }
                await Task.Delay(PollInterval, terminal.Time, cancellation);
            }
        }

        void Draw(LogEventItem item)
        {
            var time = DateTimeOffset.FromUnixTimeMilliseconds(item.Timestamp).ToLocalTime().ToString("HH:mm:ss.fff ", System.Globalization.CultureInfo.InvariantCulture);
            // The line breaks of one message travel as carriage returns.
            var lines = item.Message.TrimEnd('\n').Replace("\t", "  ", StringComparison.Ordinal).Split('\r', '\n');
            terminal.Draw(lines.Select((line, i) => new InkedLine(new InkedText(i == 0 ? time : new string(' ', time.Length), Ink.Faint), line)));
        }
    }
}
