using System.CommandLine;
using System.Text.Json;
using Lambray.Server.Cli.AwsApi;
using Lambray.Server.Cli.Drawing;

namespace Lambray.Server.Cli;

/// <summary><c>lambray map</c>: who calls whom, how often and how fast; with <c>--follow</c> as it changes.</summary>
static class MapCommand
{
    static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);

    public static Command Create(Terminal terminal)
    {
        var since = SinceOption.Create("1h");
        var group = new Option<string?>("--group") { HelpName = "NAME", Description = "Only what traces of this group of X-Ray say" };
        var follow = new Option<bool>("--follow") { Description = "Show it anew as it changes, until interrupted" };
        var json = JsonOutput.Option();
        var endpoint = Connection.EndpointOption();
        var command = new Command("map", "Show the service map") { since, group, follow, json, endpoint };
        command.SetAction((parsed, cancellation) => Connection.CallAsync(parsed.GetValue(endpoint), terminal, async aws =>
        {
            var map = new Map(new XRayApi(aws), parsed.GetValue(since), parsed.GetValue(group), parsed.GetValue(json), terminal);
            if (parsed.GetValue(follow)) await map.FollowAsync(cancellation);
            else await map.ShowAsync(cancellation);
            return ExitCodes.Done;
        }));
        return command;
    }

    sealed class Map(XRayApi xray, TimeSpan since, string? group, bool json, Terminal terminal)
    {
        public async Task ShowAsync(CancellationToken cancellation)
        {
            var services = await ServicesAsync(cancellation);
            if (json) terminal.WriteItems("Services", services);
            else if (services.Count == 0) terminal.Note("There are no traces of that time.");
            else terminal.Draw(Lines(services));
        }

        // What has not changed is not shown again: elsewhere than on a terminal each map is a paragraph, or a line of JSON, of its own.
        public async Task FollowAsync(CancellationToken cancellation)
        {
            var last = "";
            while (!cancellation.IsCancellationRequested)
            {
                var services = await ServicesAsync(cancellation);
                IReadOnlyList<InkedLine> lines = services.Count == 0 ? [new InkedLine(new InkedText("There are no traces yet.", Ink.Faint))] : [.. Lines(services)];
                var text = json ? JsonOutput.Line("Services", services) : string.Join('\n', lines);
                if (text != last && json) terminal.Say(text);
                else if (text != last) terminal.DrawAnew(lines);
                last = text;
                await Task.Delay(PollInterval, terminal.Time, cancellation);
            }
        }

        Task<List<JsonElement>> ServicesAsync(CancellationToken cancellation) =>
            xray.GetServiceGraphAsync(TimeRange.Since(since, terminal.Time), group, cancellation);

        static IEnumerable<InkedLine> Lines(List<JsonElement> services) =>
            ServiceMap.Draw([.. services.Select(item => XRayApi.Read(item, AwsApiJson.Default.ServiceItem))]);
    }
}
