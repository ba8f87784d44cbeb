using System.CommandLine;
using System.Runtime.InteropServices;
using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Server.Cli.AwsApi;
using Lambray.Server.Cli.Demo;
using Lambray.Server.Cli.Demo.PhotoAlbum;
using Lambray.Server.Hosting;

namespace Lambray.Server.Cli;

/// <summary><c>lambray demo</c>: a server, a traced function or a whole application on it, and what its traces look like.</summary>
static class DemoCommand
{
    const int TrafficSeconds = 60;

    public static Command Create(Terminal terminal)
    {
        var once = new Option<bool>("--once") { Description = "End after the demo: 0 if every expected segment was seen, else 1" };
        var story = new Argument<string?>("story")
        {
            HelpName = AlbumNames.Application,
            Description = "A whole application instead of one function: S3, SNS, SQS, DynamoDB with its stream, an HTTP API and four functions, with traffic and failures",
            Arity = ArgumentArity.ZeroOrOne,
        };
        story.AcceptOnlyFromAmong(AlbumNames.Application);
        var length = new Option<int>("--traffic") { HelpName = "SECONDS", Description = $"How long the application has visitors; {TrafficSeconds} unless told otherwise", DefaultValueFactory = _ => TrafficSeconds };
        var options = new ServeOptions();
        var command = new Command("demo", "Start a server, deploy a traced function or application, use it and show its traces") { story, once, length };
        options.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var repository = PutObjectSample.FindRepository(AppContext.BaseDirectory);
            var defaults = new ServeConfig
            {
                DataDirectory = Path.Combine(repository, ".lambray", "demo"),
                // The demo tells its own story.
                // What fails on purpose in an application is part of that story.
                LogLevel = parsed.GetValue(story) is null ? LogLevel.Warning : LogLevel.Error,
                // An application is one story only where its queues, topics and streams do not end it.
                FullCausalChain = parsed.GetValue(story) is not null,
            };
            TimeSpan? traffic = parsed.GetValue(story) is null ? null : TimeSpan.FromSeconds(parsed.GetValue(length));
            return await RunAsync(options.Read(parsed, defaults, terminal), repository, traffic, parsed.GetValue(once), terminal);
        });
        return command;
    }

    /// <param name="traffic">How long the application has visitors; null for the function instead.</param>
    static async Task<int> RunAsync(ServeConfig config, string repository, TimeSpan? traffic, bool once, Terminal terminal)
    {
        ServerStart.Prepare(config, terminal);
        using var interrupted = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        try
        {
            await using var server = await terminal.StepAsync("Starting the server", () => ServerStart.StartAsync(config, interrupted.Token));
            return await TellAsync(server, config, repository, traffic, once, terminal, interrupted.Token);
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
        LambrayServer server, ServeConfig config, string repository, TimeSpan? traffic, bool once, Terminal terminal, CancellationToken cancellation)
    {
        using var aws = new AwsClient(server.Address, RootAccessKey.Find(DataDirectory.CredentialsOf(config.DataDirectory)) ?? CallerCredentials.Find(terminal, isServerHere: true), config.Region, terminal.Time);
        var outcome = traffic is { } length
            ? await new AlbumStory(aws, new AlbumNames(config.Region, config.AccountId), length, config.FullCausalChain, terminal).TellAsync(repository, cancellation)
            : await new DemoStory(aws, terminal).TellAsync(repository, cancellation);
        foreach (var missing in outcome.Missing) terminal.Note($"lambray: missing: {missing}");
        if (once) return outcome.Missing.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
        terminal.Draw(NextSteps.Draw(server.Address, config.Region, outcome.Function, outcome.Trace));
        terminal.Say("");
        terminal.Say("Serving until Ctrl-C.");
        await server.WaitForShutdownAsync(cancellation);
        return ExitCodes.Done;
    }
}
