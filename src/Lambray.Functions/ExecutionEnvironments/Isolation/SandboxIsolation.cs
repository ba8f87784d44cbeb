using System.ComponentModel;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>Environments under bubblewrap, set up by root: namespaces, read-only files, a user id of their own, no capabilities, limits.</summary>
public sealed class SandboxIsolation : IIsolation
{
    // User ids far above any that Debian gives to people or services.
    const uint FirstUser = 200_000;
    const uint Users = 50_000;

    static readonly string[] Namespaces =
    [
        "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--hostname", "sandbox", "--die-with-parent", "--clearenv",
        "--setenv", "PATH", "/usr/bin:/bin", "--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP",
    ];

    readonly EnvironmentLauncher launcher;
    readonly string bubblewrap;
    readonly int awsPort;
    readonly EnvironmentAddresses places;
    readonly SpawnThread mounting = new();
    uint started;

    /// <param name="awsPort">The port of the AWS services inside an environment.</param>
    internal SandboxIsolation(string bubblewrap, EnvironmentLauncher launcher, int awsPort) =>
        (this.bubblewrap, this.launcher, this.awsPort, places) = (bubblewrap, launcher, awsPort, new EnvironmentAddresses(
            "127.0.0.1:9001", "127.0.0.1:2000", $"http://127.0.0.1:{awsPort}",
            SandboxMounts.TaskRoot, SandboxMounts.RuntimeDirectory, SandboxMounts.LanguageDirectory, SandboxMounts.LayersDirectory));

    public string Description => launcher.LimitsDescription is { } limits
        ? $"sandbox (bubblewrap: own namespaces and user id; {limits} limits)"
        : "sandbox (bubblewrap: own namespaces and user id; no control groups here, so memory is limited per process only)";

    public Task<IsolatedProcess> StartAsync(EnvironmentPlan plan)
    {
        var user = FirstUser + (Interlocked.Increment(ref started) % Users);
        return launcher.StartAsync(plan, user, isSandboxed: true, OpenSockets, (_, files) => Command(plan, files, user));
    }

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
                MountNamespace.BindReadOnly(process.FirstInside, folders);
                return true;
            });
        }
        catch (Exception error) when (error is Win32Exception or IOException)
        {
            throw new EnvironmentStartException($"A runtime that waited could not be given its function: {error.Message}", error);
        }
        return plan.Variables(places);
    }

    public void Dispose()
    {
        mounting.Dispose();
        launcher.Dispose();
    }

    EnvironmentSockets OpenSockets()
    {
        NetworkNamespace.Enter();
        return EnvironmentSockets.InNamespace(awsPort);
    }

    IEnumerable<string> Command(EnvironmentPlan plan, EnvironmentDirectory files, uint user)
    {
        files.WriteEtc();
        files.WriteVariables(plan.Variables(places));
        return
        [
            bubblewrap, .. Namespaces, .. SandboxMounts.Arguments(plan, files), "--",
            .. LaunchCommand.DropPrivileges(user),
            .. LaunchCommand.Last(SandboxMounts.Variables, plan, places),
        ];
    }
}
