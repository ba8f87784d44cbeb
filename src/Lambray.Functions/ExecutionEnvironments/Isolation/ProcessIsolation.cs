using System.Net;
using System.Net.Sockets;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>Environments as ordinary processes of the server's own user: for machines without bubblewrap and for trusted code.</summary>
/// <remarks>
/// They share the host's files and network; each still has its own sockets, <c>/tmp</c> stand-in (<c>TMPDIR</c>) and limits.
/// Nothing can be mounted at <c>/opt</c>: the search paths lead to the folder of the function's layers instead.
/// </remarks>
public sealed class ProcessIsolation : IIsolation
{
    // Where a runtime waits for its function.
    const string NoCode = "/";

    readonly EnvironmentLauncher launcher;
    readonly IsolationConfig config;
    readonly string why;

    internal ProcessIsolation(EnvironmentLauncher launcher, IsolationConfig config, string why) =>
        (this.launcher, this.config, this.why) = (launcher, config, why);

    public string Description =>
        $"process ({why}: functions run as this user and see its files and network; {string.Join("; ", launcher.Facts)})";

    public async Task<IsolatedProcess> StartAsync(EnvironmentPlan plan) => Begin(
        await launcher.StartAsync(Path.Combine(config.Directory, plan.Id), plan.Limits, plan.EphemeralStorage, user: null, _ => LaunchCommand.DieWithServer()), plan);

    public async Task<IsolatedProcess> RestartAsync(IsolatedProcess ended, EnvironmentPlan plan) =>
        Begin(await launcher.RestartAsync(ended, _ => LaunchCommand.DieWithServer()), plan);

    public ValueTask DisposeAsync()
    {
        launcher.Dispose();
        return ValueTask.CompletedTask;
    }

    public bool CanAssign => true;

    public Task<IReadOnlyDictionary<string, string>> AssignAsync(IsolatedProcess process, EnvironmentPlan plan)
    {
        process.Raise(plan.Limits);
        return Task.FromResult<IReadOnlyDictionary<string, string>>(Variables(plan, Places(plan, process.Sockets), process.Temporary));
    }

    EnvironmentAddresses Places(EnvironmentPlan plan, EnvironmentSockets sockets) => new(
        Address(sockets.RuntimeApi), Address(sockets.XRay), config.AwsEndpoint(), plan.CodeDirectory ?? NoCode,
        plan.Runtime.BootstrapDirectory ?? SandboxMounts.RuntimeDirectory, plan.Runtime.LanguageDirectory ?? SandboxMounts.LanguageDirectory,
        plan.LayersDirectory ?? SandboxMounts.LayersDirectory);

    static Dictionary<string, string> Variables(EnvironmentPlan plan, EnvironmentAddresses places, string temporary) =>
        new(plan.Variables(places)) { ["TMPDIR"] = temporary };

    IsolatedProcess Begin(EnvironmentShell shell, EnvironmentPlan plan)
    {
        var places = Places(plan, shell.Premises.Network.Sockets);
        var variables = Variables(plan, places, shell.Premises.Files.MakeTemporary());
        return shell.Become(plan.Extensions, ShellOrders.For(plan with { Wrapper = OnHost(plan.Wrapper, plan) }, places, variables, launcher.DataBytesMax(plan)));
    }

    // A wrapper script comes with a layer as a rule, and is named by its place in AWS.
    static string? OnHost(string? path, EnvironmentPlan plan) =>
        path is not null && plan.LayersDirectory is { } layers && path.StartsWith(SandboxMounts.LayersDirectory + "/", StringComparison.Ordinal)
            ? layers + path[SandboxMounts.LayersDirectory.Length..]
            : path;

    static string Address(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).ToString();
}
