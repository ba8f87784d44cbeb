using System.CommandLine;
using System.Text.RegularExpressions;
using Lambray.Server.Cli.AwsApi;
using Lambray.Server.Cli.Deploy;

namespace Lambray.Server.Cli;

/// <summary><c>lambray deploy DIR</c>: makes a function of a folder of code, traced and ready to be invoked, or brings it up to date.</summary>
static partial class DeployCommand
{
    const int TimeoutSeconds = 30;
    const int MemoryMegabytes = 256;

    // "-role" has to fit in beside it.
    const int NameLengthMax = 59;

    public static Command Create(Terminal terminal)
    {
        var directory = new Argument<string>("dir") { HelpName = "DIR", Description = "The folder with the function's code" };
        var name = new Option<string?>("--name") { HelpName = "NAME", Description = "The function's name; the folder's unless told otherwise" };
        var runtime = new Option<string?>("--runtime") { HelpName = "RUNTIME", Description = "Such as nodejs22.x; guessed from the files unless told otherwise" };
        var handler = new Option<string?>("--handler") { HelpName = "HANDLER", Description = "Such as index.handler; guessed from the files unless told otherwise" };
        var role = new Option<string?>("--role") { HelpName = "ARN", Description = "The execution role; one of its own is made unless told otherwise" };
        var timeout = new Option<int>("--timeout") { HelpName = "SECONDS", Description = "How long an invocation may take", DefaultValueFactory = _ => TimeoutSeconds };
        var memory = new Option<int>("--memory") { HelpName = "MEGABYTES", Description = "How much memory an environment has", DefaultValueFactory = _ => MemoryMegabytes };
        var environment = new Option<string[]>("--env") { HelpName = "NAME=VALUE", Description = "An environment variable; those that it had stay when there is none", DefaultValueFactory = _ => [] };
        var endpoint = Connection.EndpointOption();
        var command = new Command("deploy", "Make a function of a folder of code, or update it") { directory, name, runtime, handler, role, timeout, memory, environment, endpoint };
        command.SetAction((parsed, cancellation) =>
        {
            var folder = Folder(parsed.GetRequiredValue(directory));
            var plan = new DeployPlan(
                folder, parsed.GetValue(name) ?? NameOf(folder), Guess(folder, parsed.GetValue(runtime), parsed.GetValue(handler)), parsed.GetValue(role),
                parsed.GetValue(timeout), parsed.GetValue(memory), Variables(parsed.GetValue(environment) ?? []));
            return Connection.CallAsync(parsed.GetValue(endpoint), terminal, aws => DeployAsync(plan, new FunctionDeployment(aws, terminal.Time), terminal, cancellation));
        });
        return command;
    }

    static async Task<int> DeployAsync(DeployPlan plan, FunctionDeployment deployment, Terminal terminal, CancellationToken cancellation)
    {
        var zip = await terminal.StepAsync($"Packing {plan.Directory}", () => plan.Code.Package.PackAsync(cancellation));
        var role = plan.Role ?? await terminal.StepAsync($"Making the role {plan.Name}-role", () => deployment.EnsureRoleAsync($"{plan.Name}-role", cancellation));
        var (runtime, handler) = (plan.Code.Runtime, plan.Code.Handler!);
        var isNew = await terminal.StepAsync($"Deploying {plan.Name} ({runtime}, {handler}, {zip.Length / 1024:N0} KB)", () => deployment.EnsureCodeAsync(
            new CreateFunctionRequest(plan.Name, runtime, role, handler, new(zip), plan.Timeout, plan.Memory, plan.Environment, new("Active")), cancellation));
        if (!isNew)
        {
            await terminal.StepAsync("Bringing its configuration up to date", () => deployment.UpdateConfigurationAsync(
                plan.Name, new UpdateFunctionConfigurationRequest(role, null, plan.Timeout, plan.Memory, plan.Environment, new("Active")) { Runtime = runtime, Handler = handler }, cancellation));
        }
        terminal.Say($"{plan.Name} is {(isNew ? "deployed" : "up to date")}, with active tracing.");
        terminal.Say($"  lambray invoke {plan.Name} --payload '{{}}'");
        terminal.Say($"  lambray logs {plan.Name} --follow");
        terminal.Say("  lambray traces");
        return ExitCodes.Done;
    }

    static string Folder(string directory)
    {
        var folder = Path.GetFullPath(directory);
        return Directory.Exists(folder) ? folder : throw new CommandException($"{directory} is no folder", ExitCodes.Misused);
    }

    static string NameOf(string folder)
    {
        var name = NotInNames().Replace(Path.GetFileName(folder.TrimEnd('/')), "-").Trim('-');
        return name.Length is > 0 and <= NameLengthMax ? name : throw new CommandException($"'{name}' is no name for a function; give it one with --name", ExitCodes.Misused);
    }

    static CodeGuess Guess(string folder, string? runtime, string? handler)
    {
        if (runtime is not null && handler is not null) return new CodeGuess(runtime, handler, CodeGuess.Of(folder)?.Package ?? new FolderPackage(folder));
        var guess = CodeGuess.Of(folder) ?? throw new CommandException(
            $"{folder} does not say what it is (looked for {CodeGuess.Looked}); say it with --runtime and --handler", ExitCodes.Misused);
        return guess with
        {
            Runtime = runtime ?? guess.Runtime,
            Handler = handler ?? guess.Handler ?? throw new CommandException($"{guess.Question}; say which it is with --handler", ExitCodes.Misused),
        };
    }

    static FunctionEnvironment? Variables(string[] given)
    {
        if (given.Length == 0) return null;
        var variables = new Dictionary<string, string>();
        foreach (var text in given)
        {
            if (text.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var at)) throw new CommandException($"--env: '{text}' is not NAME=VALUE", ExitCodes.Misused);
            variables[text[..at]] = text[(at + 1)..];
        }
        return new FunctionEnvironment(variables);
    }

    [GeneratedRegex("[^a-zA-Z0-9-_]+")]
    private static partial Regex NotInNames();

    sealed record DeployPlan(string Directory, string Name, CodeGuess Code, string? Role, int Timeout, int Memory, FunctionEnvironment? Environment);
}
