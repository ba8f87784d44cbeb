using System.CommandLine;
using Lambray.Server.Cli.AwsApi;
using Lambray.Server.Cli.Drawing;
using Lambray.Tracing.Segments;

namespace Lambray.Server.Cli;

/// <summary><c>lambray trace ID</c>: one trace as a waterfall, and what its exceptions say.</summary>
static class TraceCommand
{
    public static Command Create(Terminal terminal)
    {
        var id = new Argument<string>("id") { HelpName = "ID", Description = "The trace's id, such as 1-67891233-abcdef012345678912345678" };
        var json = JsonOutput.Option();
        var endpoint = Connection.EndpointOption();
        var command = new Command("trace", "Show one trace as a waterfall") { id, json, endpoint };
        command.SetAction((parsed, cancellation) =>
        {
            var trace = Parse(parsed.GetRequiredValue(id));
            return Connection.CallAsync(parsed.GetValue(endpoint), terminal,
                aws => ShowAsync(new XRayApi(aws), trace, parsed.GetValue(json), terminal, cancellation));
        });
        return command;
    }

    static TraceId Parse(string text) => TraceId.TryParse(text, out var id)
        ? id
        : throw new CommandException($"'{text}' is no trace id, such as 1-67891233-abcdef012345678912345678", ExitCodes.Misused);

    static async Task<int> ShowAsync(XRayApi xray, TraceId id, bool json, Terminal terminal, CancellationToken cancellation)
    {
        var trace = await xray.FindTraceAsync(id, cancellation) ?? throw new CommandException($"there is no trace {id}", ExitCodes.Failed);
        if (json)
        {
            terminal.WriteJson(trace.WriteTo);
            return ExitCodes.Done;
        }
        var timeline = XRayApi.Timeline(id, trace);
        terminal.Draw([.. Waterfall.Draw(timeline, terminal.Width), .. TraceErrors.Draw(timeline)]);
        return ExitCodes.Done;
    }
}
