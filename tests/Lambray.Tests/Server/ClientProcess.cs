using System.Diagnostics;
using System.Runtime.CompilerServices;
using Lambray.Aws.Signing;

namespace Lambray.Tests.Server;

/// <summary>Runs a real AWS client as a process of its own, as its user would.</summary>
static class ClientProcess
{
    const string AwsProgram = "/usr/bin/aws";

    static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    /// <summary>Debian's AWS CLI, which wants the endpoint on its command line.</summary>
    public static Task<ClientOutcome> Aws(Uri endpoint, params string[] arguments) => Run(AwsProgram, AwsArguments(endpoint, arguments));

    /// <summary>The same, by somebody whose keys are known.</summary>
    public static Task<ClientOutcome> AwsAs(AwsCredentials credentials, Uri endpoint, params string[] arguments) =>
        Run(StartOf(AwsProgram, AwsArguments(endpoint, arguments)), credentials);

    /// <summary>The same, for a command that goes on until it is ended.</summary>
    public static FollowedProcess Follow(Uri endpoint, params string[] arguments) => new(Process.Start(StartOf(AwsProgram, AwsArguments(endpoint, arguments)))!);

    /// <summary>A command of our own program.</summary>
    public static Task<ClientOutcome> Lambray(params string[] arguments) => Run(StartOfLambray(arguments), credentials: null);

    /// <summary>The same, for a command that goes on until it is ended.</summary>
    public static FollowedProcess FollowLambray(params string[] arguments) => new(Process.Start(StartOfLambray(arguments))!);

    /// <summary>A Python script that finds a function <c>client(service)</c> for boto3 clients.</summary>
    public static Task<ClientOutcome> Boto3(Uri endpoint, string script, AwsCredentials? credentials = null) => Run(StartOf("/usr/bin/python3", ["-c", $"""
        import boto3, botocore, json, sys
        from botocore.config import Config
        def client(service, **config):
            return boto3.client(service, endpoint_url="{endpoint}", config=Config(retries=dict(max_attempts=0), **config))
        {script}
        """]), credentials);

    /// <summary>A Python script of the tests, which leaves nothing beside itself.</summary>
    public static Task<ClientOutcome> Python(string script, params string[] arguments) => Run("/usr/bin/python3", ["-B", script, .. arguments]);

    /// <summary>A script of <c>tests/node</c>, with its packages.</summary>
    public static Task<ClientOutcome> Node(string script, params string[] arguments) => Run("/usr/bin/env", ["node", Path.Combine(NodeScripts(), script), .. arguments]);

    /// <summary>The same, by somebody whose keys are known.</summary>
    public static Task<ClientOutcome> NodeAs(AwsCredentials credentials, string script, params string[] arguments) =>
        Run(StartOf("/usr/bin/env", ["node", Path.Combine(NodeScripts(), script), .. arguments]), credentials);

    /// <summary>Sends hard traces of the playground to a server, and gives their ids.</summary>
    public static async Task<IReadOnlyList<string>> Playground(Uri endpoint, params string[] names)
    {
        var main = Path.Combine(NodeScripts(), "..", "..", "playground", "main.mjs");
        var sent = await Run("/usr/bin/env", ["node", main, "--endpoint", endpoint.ToString(), .. names]);
        return [.. sent.Succeeded.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[1])];
    }

    static string NodeScripts([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "node"));

    static string[] AwsArguments(Uri endpoint, string[] arguments) => ["--endpoint-url", endpoint.ToString(), "--output", "json", .. arguments];

    static ProcessStartInfo StartOfLambray(string[] arguments) => StartOf("dotnet", [Path.Combine(AppContext.BaseDirectory, "lambray.dll"), .. arguments]);

    static ProcessStartInfo StartOf(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "secret";
        start.Environment["AWS_DEFAULT_REGION"] = "eu-central-1";
        start.Environment["AWS_CONFIG_FILE"] = "/dev/null";
        start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_PAGER"] = "";
        // Python writes whole blocks into a pipe otherwise.
        start.Environment["PYTHONUNBUFFERED"] = "1";
        return start;
    }

    static Task<ClientOutcome> Run(string program, IEnumerable<string> arguments) => Run(StartOf(program, arguments), credentials: null);

    static async Task<ClientOutcome> Run(ProcessStartInfo start, AwsCredentials? credentials)
    {
        if (credentials is not null)
        {
            start.Environment["AWS_ACCESS_KEY_ID"] = credentials.AccessKeyId;
            start.Environment["AWS_SECRET_ACCESS_KEY"] = credentials.SecretAccessKey;
            if (credentials.SessionToken is { } token) start.Environment["AWS_SESSION_TOKEN"] = token;
        }
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(deadline.Token), process.StandardError.ReadToEndAsync(deadline.Token));
            await process.WaitForExitAsync(deadline.Token);
            return new ClientOutcome(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{start.FileName} {string.Join(' ', start.ArgumentList)} did not end within {Deadline}.");
        }
    }
}

/// <summary>How a client ended and what it wrote.</summary>
sealed record ClientOutcome(int ExitCode, string Output, string Error)
{
    /// <summary>The output of a client that succeeded.</summary>
    public string Succeeded => ExitCode == 0 ? Output : throw new InvalidOperationException($"Exit code {ExitCode}: {Error}{Output}");
}
