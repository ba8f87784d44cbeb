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
    readonly Func<string> awsEndpoint;
    readonly string why;

    internal ProcessIsolation(EnvironmentLauncher launcher, Func<string> awsEndpoint, string why) =>
        (this.launcher, this.awsEndpoint, this.why) = (launcher, awsEndpoint, why);

    public string Description =>
        $"process ({why}: functions run as this user and see its files and network; {string.Join("; ", launcher.Facts)})";

    public Task<IsolatedProcess> StartAsync(EnvironmentPlan plan) => launcher.StartAsync(
        plan, user: null, premises => Command(plan, premises.Network.Sockets, premises.Files));

    public Task<IsolatedProcess> RestartAsync(IsolatedProcess ended, EnvironmentPlan plan) =>
        launcher.RestartAsync(ended, plan, premises => Command(plan, premises.Network.Sockets, premises.Files));

    public void Dispose() => launcher.Dispose();

    public bool CanAssign => true;

    public Task<IReadOnlyDictionary<string, string>> AssignAsync(IsolatedProcess process, EnvironmentPlan plan)
    {
        process.Raise(plan.Limits);
        return Task.FromResult<IReadOnlyDictionary<string, string>>(Variables(plan, Places(plan, process.Sockets), process.Temporary));
    }

    EnvironmentAddresses Places(EnvironmentPlan plan, EnvironmentSockets sockets) => new(
        Address(sockets.RuntimeApi), Address(sockets.XRay), awsEndpoint(), plan.CodeDirectory ?? NoCode,
        plan.Runtime.BootstrapDirectory ?? SandboxMounts.RuntimeDirectory, plan.Runtime.LanguageDirectory ?? SandboxMounts.LanguageDirectory,
        plan.LayersDirectory ?? SandboxMounts.LayersDirectory);

    static Dictionary<string, string> Variables(EnvironmentPlan plan, EnvironmentAddresses places, string temporary) =>
        new(plan.Variables(places)) { ["TMPDIR"] = temporary };

    IEnumerable<string> Command(EnvironmentPlan plan, EnvironmentSockets sockets, EnvironmentDirectory files)
    {
        var places = Places(plan, sockets);
        files.WriteVariables(Variables(plan, places, files.MakeTemporary()));
        return
        [
            .. LaunchCommand.DieWithServer(),
            .. LaunchCommand.Last(files.Variables, plan with { Wrapper = OnHost(plan.Wrapper, plan) }, places),
        ];
    }

    // A wrapper script comes with a layer as a rule, and is named by its place in AWS.
    static string? OnHost(string? path, EnvironmentPlan plan) =>
        path is not null && plan.LayersDirectory is { } layers && path.StartsWith(SandboxMounts.LayersDirectory + "/", StringComparison.Ordinal)
            ? layers + path[SandboxMounts.LayersDirectory.Length..]
            : path;

    static string Address(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).ToString();
}
