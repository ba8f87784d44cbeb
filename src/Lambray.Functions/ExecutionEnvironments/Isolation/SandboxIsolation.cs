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
    uint started;

    /// <param name="awsPort">The port of the AWS services inside an environment.</param>
    internal SandboxIsolation(string bubblewrap, EnvironmentLauncher launcher, int awsPort) =>
        (this.bubblewrap, this.launcher, this.awsPort) = (bubblewrap, launcher, awsPort);

    public string Description => launcher.LimitsDescription is { } limits
        ? $"sandbox (bubblewrap: own namespaces and user id; {limits} limits)"
        : "sandbox (bubblewrap: own namespaces and user id; no control groups here, so memory is limited per process only)";

    public Task<IsolatedProcess> StartAsync(EnvironmentPlan plan)
    {
        var user = FirstUser + (Interlocked.Increment(ref started) % Users);
        return launcher.StartAsync(plan, user, isSandboxed: true, OpenSockets, (_, files) => Command(plan, files, user));
    }

    public void Dispose() => launcher.Dispose();

    EnvironmentSockets OpenSockets()
    {
        NetworkNamespace.Enter();
        return EnvironmentSockets.InNamespace(awsPort);
    }

    IEnumerable<string> Command(EnvironmentPlan plan, EnvironmentDirectory files, uint user)
    {
        files.WriteEtc();
        var places = new EnvironmentAddresses(
            "127.0.0.1:9001", "127.0.0.1:2000", $"http://127.0.0.1:{awsPort}",
            SandboxMounts.TaskRoot, SandboxMounts.RuntimeDirectory, SandboxMounts.LanguageDirectory, SandboxMounts.LayersDirectory);
        files.WriteVariables(plan.Variables(places));
        return
        [
            bubblewrap, .. Namespaces, .. SandboxMounts.Arguments(plan, files), "--",
            .. LaunchCommand.DropPrivileges(user),
            .. LaunchCommand.Last(SandboxMounts.Variables, plan, places),
        ];
    }
}
