using System.Globalization;
using Lambray.Aws;
using Lambray.Functions.ExecutionEnvironments.Isolation;
using Lambray.Functions.ExecutionEnvironments.Runtimes;
using Lambray.Functions.Registry;
using Lambray.Resources.Iam;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>Starts execution environments: code, credentials, processes, and the doors they speak through.</summary>
public sealed class EnvironmentStarter(
    IIsolation isolation, RuntimeCatalog runtimes, FunctionRegistry functions, LayerFolders layers, SecurityTokens tokens, IEnvironmentDoors doors, AwsHome home, TimeProvider time)
{
    // Environments are replaced long before that; their credentials must not end first.
    static readonly TimeSpan CredentialLifetime = TimeSpan.FromHours(12);

    /// <summary>Starts one for this function; it is not yet initialized.</summary>
    /// <exception cref="EnvironmentStartException">The machine did not let it start.</exception>
    public async Task<StartedEnvironment> StartAsync(FunctionModel function)
    {
        var id = Guid.NewGuid().ToString("n");
        var started = time.GetUtcNow();
        var logStream = string.Create(CultureInfo.InvariantCulture, $"{started:yyyy/MM/dd}/[{FunctionName.Latest}]{id}");
        var credentials = tokens.Issue(ExecutionRole(function), function.Name, CredentialLifetime);
        var runtime = await runtimes.GetAsync(function.Runtime);
        var opt = layers.Find(function);
        var process = await isolation.StartAsync(new EnvironmentPlan(
            id, functions.CodeDirectory(function), opt, LayerFolders.ListExtensions(opt), runtime, WrapperOf(function), function.MemorySize,
            places => EnvironmentVariables.For(function, runtime, logStream, credentials, home, places)));
        var environment = new ExecutionEnvironment(id, function, process, started, time);
        if (runtime.Notice is { } notice) environment.Log.Write(notice);
        return new StartedEnvironment(environment, doors.Open(environment));
    }

    // "Modifying the runtime environment" in the Lambda Developer Guide; an OS-only runtime is the function's own affair.
    static string? WrapperOf(FunctionModel function) =>
        function.Runtime.StartsWith("provided", StringComparison.Ordinal) ? null : function.Variables?.GetValueOrDefault("AWS_LAMBDA_EXEC_WRAPPER");

    static Arn ExecutionRole(FunctionModel function) =>
        Arn.TryParse(function.Role, out var role) ? role : throw new InvalidOperationException($"Function {function.Name} was stored with the role '{function.Role}'.");
}

/// <summary>An environment together with the doors that are open for it.</summary>
public sealed record StartedEnvironment(ExecutionEnvironment Environment, IAsyncDisposable Doors)
{
    /// <summary>Ends the processes, takes in what they had sent, and removes what was made for them, in this order.</summary>
    public async Task EndAsync()
    {
        await Environment.EndAsync();
        await Doors.DisposeAsync();
        await Environment.RemoveAsync();
    }
}
