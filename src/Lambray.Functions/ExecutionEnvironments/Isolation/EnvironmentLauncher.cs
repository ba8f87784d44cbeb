using System.ComponentModel;
using System.Net.Sockets;
using Lambray.Functions.ExecutionEnvironments.ControlGroups;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>Makes what an environment needs, starts its processes, and takes everything back when they do not start.</summary>
sealed class EnvironmentLauncher(IControlGroups? groups, string directory) : IDisposable
{
    static readonly KeyValuePair<string, string>[] LaunchVariables = [new("PATH", "/usr/bin:/bin")];

    readonly SpawnThread spawnThread = new();

    public string? LimitsDescription => groups?.Description;

    /// <param name="user">The user id that the environment runs as; null for the server's own.</param>
    /// <param name="openSockets">Runs on the thread whose network namespace the processes inherit.</param>
    /// <param name="command">Writes the environment's files and gives the command behind the limits.</param>
    /// <exception cref="EnvironmentStartException">The machine did not let it start.</exception>
    public async Task<IsolatedProcess> StartAsync(
        EnvironmentPlan plan, uint? user, bool isSandboxed, Func<EnvironmentSockets> openSockets,
        Func<EnvironmentSockets, EnvironmentDirectory, IEnumerable<string>> command)
    {
        IControlGroup? group = null;
        EnvironmentDirectory? files = null;
        try
        {
            group = groups?.Create(plan.Id, plan.Limits);
            files = new EnvironmentDirectory(directory, plan.Id, user);
            return await spawnThread.RunAsync(() => Spawn(openSockets(), sockets => new IsolatedProcess(
                ChildProcess.Start(
                    LaunchCommand.Shell, [.. Limits(plan, group), .. command(sockets, files)], LaunchVariables, plan.Extensions is [] ? 0 : LaunchCommand.SupervisorSockets),
                isSandboxed, plan.Extensions, sockets, files, group)));
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

    // Without control groups each process is limited by itself.
    static List<string> Limits(EnvironmentPlan plan, IControlGroup? group) =>
        LaunchCommand.Limits(group?.ProcessFiles ?? [], group is null ? plan.Limits.MemoryBytes : null);

    static IsolatedProcess Spawn(EnvironmentSockets sockets, Func<EnvironmentSockets, IsolatedProcess> spawn)
    {
        try
        {
            return spawn(sockets);
        }
        catch
        {
            sockets.Dispose();
            throw;
        }
    }
}
