using System.CommandLine;
using Lambray.Server.Hosting;

namespace Lambray.Server.Cli;

/// <summary><c>lambray serve</c>: the server, until it is told to end.</summary>
static class ServeCommand
{
    public static Command Create(Terminal terminal)
    {
        var options = new ServeOptions();
        var command = new Command("serve", "Run the server: AWS APIs and console on one port, the X-Ray daemon on another");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => ServeAsync(options.Read(parsed, new ServeConfig(), terminal), terminal, cancellation));
        return command;
    }

    static async Task<int> ServeAsync(ServeConfig config, Terminal terminal, CancellationToken cancellation)
    {
        ServerStart.Prepare(config, terminal);
        await using var server = await ServerStart.StartAsync(config, cancellation);
        terminal.Say($"Lambray is ready at {server.Address} (AWS APIs and console).");
        terminal.Say($"X-Ray daemon: {config.Daemon?.ToString() ?? "off"}. Data: {config.DataDirectory}.");
        terminal.Say($"Isolation of functions: {server.Isolation}.");
        await server.WaitForShutdownAsync(cancellation);
        return ExitCodes.Done;
    }
}
