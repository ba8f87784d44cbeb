using System.Globalization;
using Lambray.Aws;
using Lambray.Functions.ExecutionEnvironments.ControlGroups;
using Lambray.Functions.ExecutionEnvironments.Isolation;
using Lambray.Functions.ExecutionEnvironments.Prestart;
using Lambray.Functions.ExecutionEnvironments.Runtimes;
using Lambray.Functions.Registry;
using Lambray.Resources.Iam;
using Lambray.Resources.Logs;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>Starts execution environments: code, credentials, processes, and the doors they speak through.</summary>
public sealed partial class EnvironmentStarter(
    IIsolation isolation, PrestartedRuntimes prestarted, RuntimeCatalog runtimes, FunctionRegistry functions, LayerFolders layers, SecurityTokens tokens, LogStore logs,
    RolePermissions permissions, IEnvironmentDoors doors, AwsHome home, TimeProvider time, ILogger<EnvironmentStarter> logger)
{
    // Environments are replaced long before that; their credentials must not end first.
    static readonly TimeSpan CredentialLifetime = TimeSpan.FromHours(12);

    /// <summary>Starts one for this function, with a runtime that waits if there is one; it is not yet initialized.</summary>
    /// <exception cref="EnvironmentStartException">The machine did not let it start.</exception>
    public async Task<StartedEnvironment> StartAsync(FunctionModel function, InitializationType type)
    {
        var started = time.GetUtcNow();
        var runtime = await RuntimeOfAsync(function);
        if (PrestartRules.Allow(function, runtime, WrapperOf(function), layers.Find(function))
            && prestarted.TryTake(runtime) is { } waiting
            && await AssignAsync(function, runtime, type, waiting, started) is { } assigned) return assigned;
        var id = Guid.NewGuid().ToString("n");
        var process = await isolation.StartAsync(Plan(id, function, runtime, type, started));
        var tenancy = new EnvironmentTenancy(process.Sockets);
        var environment = Environment(id, function, runtime, type, process, started, started);
        tenancy.Enter(environment, new Dictionary<string, string>());
        return new StartedEnvironment(environment, tenancy, doors.Open(tenancy), type, started);
    }

    /// <summary>Starts the processes of an environment anew, where the former ones crashed or took too long; its id, its log and its <c>/tmp</c> stay.</summary>
    /// <exception cref="EnvironmentStartException">The machine did not let it start; it is to be ended.</exception>
    public async Task<StartedEnvironment> RestartAsync(StartedEnvironment crashed)
    {
        var (function, id) = (crashed.Environment.Function, crashed.Environment.Id);
        var runtime = await RuntimeOfAsync(function);
        await crashed.Environment.EndAsync();
        var started = time.GetUtcNow();
        using var change = crashed.Tenancy.Change();
        var process = await isolation.RestartAsync(crashed.Environment.Process, Plan(id, function, runtime, crashed.Type, crashed.Born));
        var environment = Environment(id, function, runtime, crashed.Type, process, crashed.Born, started, crashed.Environment);
        crashed.Tenancy.Enter(environment, new Dictionary<string, string>());
        return crashed with { Environment = environment };
    }

    /// <summary>Has a runtime made ready for a function that was created or changed, as it will be invoked soon.</summary>
    public async Task ExpectAsync(FunctionModel function)
    {
        if (CustomRuntime.Serves(function.Runtime)) return;
        if (await runtimes.WhyUnavailableAsync(function.Runtime) is null) prestarted.Expect(await runtimes.GetAsync(function.Runtime));
    }

    async Task<RuntimeInstallation> RuntimeOfAsync(FunctionModel function) => CustomRuntime.Serves(function.Runtime)
        ? CustomRuntime.Find(functions.CodeDirectory(function), layers.Find(function))
        : await runtimes.GetAsync(function.Runtime);

    /// <returns>Null when the runtime that waited is of no use after all.</returns>
    async Task<StartedEnvironment?> AssignAsync(FunctionModel function, RuntimeInstallation runtime, InitializationType type, PrestartedRuntime waiting, DateTimeOffset started)
    {
        try
        {
            var variables = await isolation.AssignAsync(waiting.Process, Plan(waiting.Id, function, runtime, type, started));
            var environment = Environment(waiting.Id, function, runtime, type, waiting.Process, started, started);
            waiting.Tenancy.Enter(environment, variables);
            return new StartedEnvironment(environment, waiting.Tenancy, waiting.Doors, type, started);
        }
        catch (EnvironmentStartException error)
        {
            LogNotAssigned(function.Name, error);
            await waiting.EndAsync();
            return null;
        }
    }

    ExecutionEnvironment Environment(
        string id, FunctionModel function, RuntimeInstallation runtime, InitializationType type, IsolatedProcess process, DateTimeOffset born, DateTimeOffset started,
        ExecutionEnvironment? former = null)
    {
        var environment = new ExecutionEnvironment(id, function, type, process, OpenLog(function, LogStreamName(id, function, born)), started, time, runtime.EntrypointError, former);
        if (former is not null) return environment;
        environment.Log.WriteInitStart($"INIT_START Runtime Version: {RuntimeVersion.NameOf(function.Runtime)}\tRuntime Version ARN: {RuntimeVersion.ArnOf(function.Runtime, home)}");
        if (runtime.Notice is { } notice) environment.Log.WriteNotice(notice);
        return environment;
    }

    EnvironmentPlan Plan(string id, FunctionModel function, RuntimeInstallation runtime, InitializationType type, DateTimeOffset born)
    {
        var credentials = tokens.Issue(ExecutionRole(function), function.Name, CredentialLifetime);
        return new EnvironmentPlan(
            id, functions.CodeDirectory(function), layers.Find(function), runtime, WrapperOf(function), ResourceLimits.Of(function.MemorySize), function.EphemeralStorage,
            places => EnvironmentVariables.For(function, runtime, type, LogStreamName(id, function, born), credentials, home, places));
    }

    // As in AWS a function whose role may not log runs all the same, and only its callers see what it prints.
    LogStreamWriter? OpenLog(FunctionModel function, string stream)
    {
        var group = home.Regional("logs", $"log-group:{function.LogGroup}:log-stream:").ToString();
        var isAllowed = permissions.Allows(function, "logs:PutLogEvents", group + stream) && permissions.Allows(function, "logs:CreateLogStream", group)
            && (permissions.Allows(function, "logs:CreateLogGroup", group) || logs.HasGroup(function.LogGroup));
        if (!isAllowed) LogMayNotLog(function.Role, function.Name, function.LogGroup);
        return isAllowed ? logs.OpenStream(function.LogGroup, stream) : null;
    }

    static string LogStreamName(string id, FunctionModel function, DateTimeOffset born) =>
        string.Create(CultureInfo.InvariantCulture, $"{born:yyyy/MM/dd}/[{function.Version}]{id}");

    // "Modifying the runtime environment" in the Lambda Developer Guide; an OS-only runtime is the function's own affair.
    static string? WrapperOf(FunctionModel function) =>
        CustomRuntime.Serves(function.Runtime) ? null : function.Variables?.GetValueOrDefault("AWS_LAMBDA_EXEC_WRAPPER");

    static Arn ExecutionRole(FunctionModel function) =>
        Arn.TryParse(function.Role, out var role) ? role : throw new InvalidOperationException($"Function {function.Name} was stored with the role '{function.Role}'.");

    [LoggerMessage(Level = LogLevel.Warning, Message = "Execution role {Role} of function {Function} may not write to the log group {Group}: what it logs is not kept")]
    partial void LogMayNotLog(string role, string function, string group);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A runtime that waited could not be given function {Function}; it starts one of its own")]
    partial void LogNotAssigned(string function, Exception error);
}

/// <summary>An environment together with the doors that are open for it.</summary>
/// <param name="Born">When its first processes were started.</param>
public sealed record StartedEnvironment(ExecutionEnvironment Environment, EnvironmentTenancy Tenancy, IAsyncDisposable Doors, InitializationType Type, DateTimeOffset Born)
{
    public bool IsProvisioned => Type == InitializationType.ProvisionedConcurrency;

    /// <summary>Whether it was made for a function as it was in this revision.</summary>
    public bool Fits(Guid environmentRevision) => Environment.Function.EnvironmentRevision == environmentRevision;

    /// <summary>Ends the processes, takes in what they had sent, and removes what was made for them, in this order.</summary>
    public async Task EndAsync()
    {
        await Environment.EndAsync();
        await Doors.DisposeAsync();
        await Environment.RemoveAsync();
    }
}
