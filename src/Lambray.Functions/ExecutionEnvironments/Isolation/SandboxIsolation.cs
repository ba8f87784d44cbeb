using System.ComponentModel;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>Environments under bubblewrap: namespaces, read-only files, no capabilities, limits; set up by root, also a user id of their own.</summary>
public sealed class SandboxIsolation : IIsolation
{
    // User ids far above any that Debian gives to people or services.
    const uint FirstUser = 200_000;
    const uint Users = 50_000;

    static readonly string[] Namespaces =
    [
        "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--hostname", "sandbox", "--die-with-parent", "--clearenv",
        "--setenv", "PATH", "/usr/bin:/bin", "--cap-drop", "ALL",
    ];

    // What setpriv needs to give up the rest.
    static readonly string[] AsRoot = ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP"];

    // The server's user namespace owns the network: the function's, beneath it, has no say there, and makes no further ones.
    static readonly string[] AsUser = ["--unshare-user", "--disable-userns"];

    readonly EnvironmentLauncher launcher;
    readonly string bubblewrap;
    readonly EnvironmentAddresses places;
    readonly bool isRoot;
    readonly DedicatedThread mounting = new("mounts");
    MountNamespace? mounts;
    uint started;

    /// <param name="awsPort">The port of the AWS services inside an environment.</param>
    /// <param name="isRoot">Whether environments can have user ids of their own.</param>
    internal SandboxIsolation(string bubblewrap, EnvironmentLauncher launcher, int awsPort, bool isRoot) =>
        (this.bubblewrap, this.launcher, this.isRoot, places) = (bubblewrap, launcher, isRoot, new EnvironmentAddresses(
            "127.0.0.1:9001", "127.0.0.1:2000", $"http://127.0.0.1:{awsPort}",
            SandboxMounts.TaskRoot, SandboxMounts.RuntimeDirectory, SandboxMounts.LanguageDirectory, SandboxMounts.LayersDirectory));

    public string Description =>
        $"sandbox (bubblewrap: own namespaces and {(isRoot ? "user id" : "the server's user id")}; {string.Join("; ", launcher.Facts)})";

    public Task<IsolatedProcess> StartAsync(EnvironmentPlan plan)
    {
        uint? user = isRoot ? FirstUser + (Interlocked.Increment(ref started) % Users) : null;
        return launcher.StartAsync(plan, user, premises => Command(plan, premises));
    }

    public Task<IsolatedProcess> RestartAsync(IsolatedProcess ended, EnvironmentPlan plan) =>
        launcher.RestartAsync(ended, plan, premises => Command(plan, premises));

    public bool CanAssign => true;

    public async Task<IReadOnlyDictionary<string, string>> AssignAsync(IsolatedProcess process, EnvironmentPlan plan)
    {
        process.Raise(plan.Limits);
        List<(string, string)> folders = [(plan.CodeDirectory!, SandboxMounts.TaskRoot)];
        if (plan.LayersDirectory is { } layers) folders.Add((layers, SandboxMounts.LayersDirectory));
        try
        {
            await mounting.RunAsync(() =>
            {
                // What the host has mounted only root may mount elsewhere.
                if (!isRoot) mounts ??= MountNamespace.Enter();
                ForeignMounts.BindReadOnly(process.FirstInside, folders);
            });
        }
        catch (Exception error) when (error is Win32Exception or IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentStartException($"A runtime that waited could not be given its function: {error.Message}", error);
        }
        return plan.Variables(places);
    }

    public void Dispose()
    {
        mounting.Dispose();
        mounts?.Dispose();
        launcher.Dispose();
    }

    IEnumerable<string> Command(EnvironmentPlan plan, Premises premises)
    {
        premises.Files.WriteVariables(plan.Variables(places));
        return
        [
            bubblewrap, .. Namespaces, .. isRoot ? AsRoot : AsUser, .. SandboxMounts.Arguments(plan, premises), "--",
            .. premises.Files.User is { } other ? LaunchCommand.DropPrivileges(other) : [],
            .. LaunchCommand.Last(SandboxMounts.Variables, plan, places),
        ];
    }
}
