using System.CommandLine;
using System.Runtime.InteropServices;
using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Server.Cli.AwsApi;
using Lambray.Server.Cli.Demo;
using Lambray.Server.Hosting;

namespace Lambray.Server.Cli;

/// <summary><c>lambray demo</c>: a server, a traced function on it, and what its traces look like.</summary>
static class DemoCommand
{
    public static Command Create(Terminal terminal)
    {
        var once = new Option<bool>("--once") { Description = "End after the demo: 0 if every expected segment was seen, else 1" };
        var options = new ServeOptions();
        var command = new Command("demo", "Start a server, deploy a traced function, invoke it and show its traces") { once };
        options.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var repository = PutObjectSample.FindRepository(AppContext.BaseDirectory);
            var defaults = new ServeConfig
            {
                DataDirectory = Path.Combine(repository, ".lambray", "demo"),
                // The demo tells its own story.
                LogLevel = LogLevel.Warning,
            };
            return await RunAsync(options.Read(parsed, defaults, terminal), repository, parsed.GetValue(once), terminal);
        });
        return command;
    }

    static async Task<int> RunAsync(ServeConfig config, string repository, bool once, Terminal terminal)
    {
        ServerStart.Prepare(config, terminal);
        using var interrupted = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        try
        {
            await using var server = await terminal.StepAsync("Starting the server", () => ServerStart.StartAsync(config, interrupted.Token));
            return await TellAsync(server, config, repository, once, terminal, interrupted.Token);
        }
        // A server that stops refuses what is still on its way.
        catch (Exception error) when (interrupted.IsCancellationRequested && error is (OperationCanceledException or AwsException or HttpRequestException))
        {
            return ExitCodes.Interrupted;
        }

        void Interrupt(PosixSignalContext signal)
        {
            // The server drains before the process ends.
            signal.Cancel = true;
            interrupted.Cancel();
        }
    }

    static async Task<int> TellAsync(
        LambrayServer server, ServeConfig config, string repository, bool once, Terminal terminal, CancellationToken cancellation)
    {
        using var aws = new AwsClient(server.Address, RootAccessKey.Find(DataDirectory.CredentialsOf(config.DataDirectory)) ?? CallerCredentials.Find(terminal, isServerHere: true), config.Region, terminal.Time);
        var outcome = await new DemoStory(aws, terminal).TellAsync(repository, cancellation);
        foreach (var missing in outcome.Missing) terminal.Note($"lambray: missing: {missing}");
        if (once) return outcome.Missing.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
        terminal.Draw(NextSteps.Draw(server.Address, config.Region, outcome.LastTrace));
        terminal.Say("");
        terminal.Say("Serving until Ctrl-C.");
        await server.WaitForShutdownAsync(cancellation);
        return ExitCodes.Done;
    }
}
