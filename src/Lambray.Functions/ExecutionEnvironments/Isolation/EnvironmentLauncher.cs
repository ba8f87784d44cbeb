using System.ComponentModel;
using System.Net.Sockets;
using Lambray.Functions.ExecutionEnvironments.ControlGroups;
using Lambray.Functions.ExecutionEnvironments.Isolation.Network;
using Lambray.Functions.ExecutionEnvironments.Isolation.Storage;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>Makes what an environment needs, starts its processes, and takes everything back when they do not start.</summary>
sealed class EnvironmentLauncher : IDisposable
{
    static readonly KeyValuePair<string, string>[] LaunchVariables = [new("PATH", "/usr/bin:/bin")];

    readonly DedicatedThread spawning = new("spawn");
    readonly string directory;
    readonly IControlGroups? groups;
    readonly EnvironmentNetworks? networks;
    readonly IEphemeralStorage? storage;

    EnvironmentLauncher(string directory, IControlGroups? groups, EnvironmentNetworks? networks, IEphemeralStorage? storage) =>
        (this.directory, this.groups, this.networks, this.storage) = (directory, groups, networks, storage);

    /// <summary>For environments on the host's own network and files.</summary>
    public static async Task<EnvironmentLauncher> OnHostAsync(string directory, IControlGroups? groups)
    {
        var launcher = new EnvironmentLauncher(directory, groups, null, null);
        await launcher.spawning.RunAsync(Capabilities.KeepFromChildren);
        return launcher;
    }

    /// <summary>For sandboxes. All parts are the launcher's own from now on.</summary>
    /// <exception cref="Win32Exception">The kernel refused.</exception>
    public static async Task<EnvironmentLauncher> ForSandboxesAsync(
        string directory, IControlGroups? groups, EnvironmentNetworks networks, IEphemeralStorage storage)
    {
        var launcher = new EnvironmentLauncher(directory, groups, networks, storage);
        await launcher.spawning.RunAsync(() =>
        {
            storage.Join();
            Capabilities.KeepFromChildren();
        });
        return launcher;
    }

    /// <summary>What holds for its environments, in the words of the server's start.</summary>
    public IEnumerable<string> Facts
    {
        get
        {
            yield return groups is null ? "no control groups here, so memory is limited per process only" : $"{groups.Description} limits";
            if (storage is not null) yield return storage.Description;
            if (networks is not null) yield return networks.Description;
        }
    }

    /// <param name="user">The user id that the environment runs as; null for the server's own.</param>
    /// <param name="command">Writes the environment's files and gives the command behind the limits.</param>
    /// <exception cref="EnvironmentStartException">The machine did not let it start.</exception>
    public async Task<IsolatedProcess> StartAsync(EnvironmentPlan plan, uint? user, Func<Premises, IEnumerable<string>> command)
    {
        IControlGroup? group = null;
        EnvironmentDirectory? files = null;
        EphemeralVolume? volume = null;
        EnvironmentNetwork? network = null;
        try
        {
            group = groups?.Create(plan.Id, plan.Limits);
            files = new EnvironmentDirectory(directory, plan.Id, user);
            if (storage is not null) volume = await storage.TakeAsync(plan.EphemeralStorage);
            network = networks is null ? EnvironmentNetwork.OnHost() : await networks.TakeAsync();
            var premises = new Premises(group, files, volume, network);
            if (networks is not null) files.WriteEtc(networks.ResolverConfiguration);
            return await LaunchAsync(plan, premises, command);
        }
        catch (Exception error) when (IsRefusal(error))
        {
            network?.Dispose();
            files?.Remove();
            group?.TryRemove();
            if (volume is not null) await volume.RemoveAsync();
            throw new EnvironmentStartException($"An execution environment could not be started: {error.Message}", error);
        }
    }

    /// <inheritdoc cref="IIsolation.RestartAsync"/>
    public async Task<IsolatedProcess> RestartAsync(IsolatedProcess ended, EnvironmentPlan plan, Func<Premises, IEnumerable<string>> command)
    {
        try
        {
            return await LaunchAsync(plan, ended.LeavePremises(), command);
        }
        catch (Exception error) when (IsRefusal(error))
        {
            throw new EnvironmentStartException($"An execution environment could not be started again: {error.Message}", error);
        }
    }

    public void Dispose()
    {
        spawning.Dispose();
        networks?.Dispose();
        storage?.Dispose();
        groups?.Dispose();
    }

    static bool IsRefusal(Exception error) => error is Win32Exception or SocketException or IOException or UnauthorizedAccessException;

    async Task<IsolatedProcess> LaunchAsync(EnvironmentPlan plan, Premises premises, Func<Premises, IEnumerable<string>> command)
    {
        string[] arguments = [.. Limits(plan, premises.Group), .. command(premises)];
        var furtherSockets = plan.Extensions is [] ? 0 : LaunchCommand.SupervisorSockets;
        var process = await spawning.RunAsync(() => Spawn(premises.Network, arguments, furtherSockets));
        return new IsolatedProcess(process, isSandboxed: networks is not null, premises, plan.Extensions);
    }

    // Without control groups each process is limited by itself. Their number is, where they are a user's only ones.
    List<string> Limits(EnvironmentPlan plan, IControlGroup? group) => group is null
        ? LaunchCommand.Limits([], plan.Limits.MemoryBytes, networks is null ? null : plan.Limits.ProcessesMax)
        : LaunchCommand.Limits(group.EntranceFiles, null, null);

    ChildProcess Spawn(EnvironmentNetwork network, string[] arguments, int furtherSockets)
    {
        ChildProcess Start() => ChildProcess.Start(LaunchCommand.Shell, arguments, LaunchVariables, furtherSockets);
        return networks is null ? Start() : networks.Inside(network, Start);
    }
}
