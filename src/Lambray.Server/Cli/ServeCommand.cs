using System.CommandLine;
using System.Net;
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
        foreach (var line in Access(config)) terminal.Say(line);
        await server.WaitForShutdownAsync(cancellation);
        return ExitCodes.Done;
    }

    static IEnumerable<string> Access(ServeConfig config)
    {
        if (!config.RequiresSignatures)
        {
            // Somebody has said so: by itself it would not be.
            if (!IPAddress.IsLoopback(config.Listen.Address)) yield return $"Everybody who reaches {config.Listen} may do everything: signatures are not asked for (--auth off).";
            yield break;
        }
        var why = config.Auth is null ? $", as {config.Listen} is not this machine's alone" : "";
        yield return $"Requests must be signed{why}. The root's access key: 'lambray credentials --data-dir {config.DataDirectory}'.";
    }
}
