using System.ComponentModel;
using System.Net.Sockets;
using Lambray.Functions.ExecutionEnvironments.ControlGroups;
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

    readonly SpawnThread spawnThread = new();
    readonly IControlGroups? groups;
    readonly string bubblewrap;
    readonly string directory;
    readonly int awsPort;
    uint started;

    /// <param name="directory">Where the environments keep their files.</param>
    /// <param name="awsPort">The port of the AWS services inside an environment.</param>
    internal SandboxIsolation(string bubblewrap, IControlGroups? groups, string directory, int awsPort) =>
        (this.bubblewrap, this.groups, this.directory, this.awsPort) = (bubblewrap, groups, directory, awsPort);

    public string Description => groups is null
        ? "sandbox (bubblewrap: own namespaces and user id; no control groups here, so memory is limited per process only)"
        : $"sandbox (bubblewrap: own namespaces and user id; {groups.Description} limits)";

    public async Task<IsolatedProcess> StartAsync(EnvironmentPlan plan)
    {
        var user = FirstUser + (Interlocked.Increment(ref started) % Users);
        var group = groups?.Create(plan.Id, plan.Limits);
        EnvironmentDirectory? files = null;
        try
        {
            files = new EnvironmentDirectory(directory, plan.Id, user);
            files.WriteEtc();
            files.WriteVariables(plan.Variables(new EnvironmentAddresses(
                "127.0.0.1:9001", "127.0.0.1:2000", $"http://127.0.0.1:{awsPort}",
                SandboxMounts.TaskRoot, SandboxMounts.RuntimeDirectory, SandboxMounts.LanguageDirectory)));
            List<string> command =
            [
                .. LaunchCommand.Limits(group?.ProcessFiles ?? [], group is null ? plan.Limits.MemoryBytes : null),
                bubblewrap, .. Namespaces, .. SandboxMounts.Arguments(plan, files), "--",
                .. LaunchCommand.DropPrivileges(user),
                .. LaunchCommand.Runtime(SandboxMounts.Variables, plan.Runtime.Command(SandboxMounts.LanguageDirectory, SandboxMounts.RuntimeDirectory)),
            ];
            return await spawnThread.RunAsync(() => Spawn(command, files, group));
        }
        catch (Exception error) when (error is Win32Exception or SocketException or IOException or UnauthorizedAccessException)
        {
            files?.Remove();
            group?.TryRemove();
            throw new EnvironmentStartException($"An execution environment could not be started: {error.Message}", error);
        }
    }

    public void Dispose()
    {
        spawnThread.Dispose();
        groups?.Dispose();
    }

    IsolatedProcess Spawn(List<string> command, EnvironmentDirectory files, IControlGroup? group)
    {
        NetworkNamespace.Enter();
        var sockets = EnvironmentSockets.InNamespace(awsPort);
        try
        {
            return new IsolatedProcess(ChildProcess.Start(LaunchCommand.Shell, command, []), isSandboxed: true, sockets, files, group);
        }
        catch
        {
            sockets.Dispose();
            throw;
        }
    }
}
