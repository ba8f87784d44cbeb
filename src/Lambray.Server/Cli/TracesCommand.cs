using System.CommandLine;
using Lambray.Server.Cli.AwsApi;
using Lambray.Server.Cli.Drawing;

namespace Lambray.Server.Cli;

/// <summary><c>lambray traces</c>: the latest traces, one a line.</summary>
static class TracesCommand
{
    public static Command Create(Terminal terminal)
    {
        var minutes = MinutesOption.Create();
        var json = JsonOutput.Option();
        var endpoint = Connection.EndpointOption();
        var command = new Command("traces", "List the latest traces") { minutes, json, endpoint };
        command.SetAction((parsed, cancellation) => Connection.CallAsync(parsed.GetValue(endpoint), terminal,
            aws => ListAsync(new XRayApi(aws), parsed.GetValue(minutes), parsed.GetValue(json), terminal, cancellation)));
        return command;
    }

    static async Task<int> ListAsync(XRayApi xray, int minutes, bool json, Terminal terminal, CancellationToken cancellation)
    {
        var summaries = await xray.GetTraceSummariesAsync(MinutesOption.Range(minutes, terminal.Time), cancellation);
        if (json) terminal.WriteItems("TraceSummaries", summaries);
        else if (summaries.Count == 0) terminal.Note($"No traces in the last {minutes} minutes.");
        else terminal.Draw(TraceList.Draw([.. summaries.Select(item => XRayApi.Read(item, AwsApiJson.Default.TraceSummaryItem))], TimeZoneInfo.Local));
        return ExitCodes.Done;
    }
}
