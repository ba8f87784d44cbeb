using System.CommandLine;
using Lambray.Server.Cli.AwsApi;
using Lambray.Server.Cli.Drawing;

namespace Lambray.Server.Cli;

/// <summary><c>lambray map</c>: who calls whom, how often and how fast.</summary>
static class MapCommand
{
    public static Command Create(Terminal terminal)
    {
        var minutes = MinutesOption.Create();
        var json = JsonOutput.Option();
        var endpoint = Connection.EndpointOption();
        var command = new Command("map", "Show the service map") { minutes, json, endpoint };
        command.SetAction((parsed, cancellation) => Connection.CallAsync(parsed.GetValue(endpoint), terminal,
            aws => ShowAsync(new XRayApi(aws), parsed.GetValue(minutes), parsed.GetValue(json), terminal, cancellation)));
        return command;
    }

    static async Task<int> ShowAsync(XRayApi xray, int minutes, bool json, Terminal terminal, CancellationToken cancellation)
    {
        var services = await xray.GetServiceGraphAsync(MinutesOption.Range(minutes, terminal.Time), cancellation);
        if (json) terminal.WriteItems("Services", services);
        else if (services.Count == 0) terminal.Note($"No traces in the last {minutes} minutes.");
        else terminal.Draw(ServiceMap.Draw([.. services.Select(item => XRayApi.Read(item, AwsApiJson.Default.ServiceItem))]));
        return ExitCodes.Done;
    }
}
