using System.ComponentModel;
using System.Net.Sockets;
using Lambray.Functions.ExecutionEnvironments.ControlGroups;
using Lambray.Functions.ExecutionEnvironments.Isolation.Network;
using Lambray.Functions.ExecutionEnvironments.Isolation.Storage;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>Makes what an environment needs, starts its first process, and takes everything back when that does not start.</summary>
sealed class EnvironmentLauncher : IDisposable
{
    static readonly KeyValuePair<string, string>[] LaunchVariables = [new("PATH", "/usr/bin:/bin")];

    readonly DedicatedThread spawning = new("spawn");
    readonly IControlGroups? groups;
    readonly EnvironmentNetworks? networks;
    readonly IEphemeralStorage? storage;

    EnvironmentLauncher(IControlGroups? groups, EnvironmentNetworks? networks, IEphemeralStorage? storage) =>
        (this.groups, this.networks, this.storage) = (groups, networks, storage);

    /// <summary>For environments on the host's own network and files.</summary>
    public static async Task<EnvironmentLauncher> OnHostAsync(IControlGroups? groups)
    {
        var launcher = new EnvironmentLauncher(groups, null, null);
        await launcher.spawning.RunAsync(Capabilities.KeepFromChildren);
        return launcher;
    }

    /// <summary>For sandboxes. All parts are the launcher's own from now on.</summary>
    /// <exception cref="Win32Exception">The kernel refused.</exception>
    public static async Task<EnvironmentLauncher> ForSandboxesAsync(IControlGroups? groups, EnvironmentNetworks networks, IEphemeralStorage storage)
    {
        var launcher = new EnvironmentLauncher(groups, networks, storage);
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

    /// <summary>What each process may have for itself, on a machine without control groups; a runtime that waits for its function has no limit yet.</summary>
    public long? DataBytesMax(EnvironmentPlan plan) => groups is null && plan.CodeDirectory is not null ? plan.Limits.MemoryBytes : null;

    /// <param name="directory">Where its files are to be; its last part is the environment's id.</param>
    /// <param name="ephemeralStorage">The size of its <c>/tmp</c> in megabytes.</param>
    /// <param name="user">The user id that the environment runs as; null for the server's own.</param>
    /// <param name="command">The command behind the limits, before the shell.</param>
    /// <exception cref="EnvironmentStartException">The machine did not let it start.</exception>
    public async Task<EnvironmentShell> StartAsync(
        string directory, ResourceLimits limits, int ephemeralStorage, uint? user, Func<Premises, IEnumerable<string>> command)
    {
        IControlGroup? group = null;
        EnvironmentDirectory? files = null;
        EphemeralVolume? volume = null;
        EnvironmentNetwork? network = null;
        try
        {
            group = groups?.Create(Path.GetFileName(directory), limits);
            files = new EnvironmentDirectory(directory, user);
            if (storage is not null) volume = await storage.TakeAsync(ephemeralStorage);
            network = networks is null ? EnvironmentNetwork.OnHost() : await networks.TakeAsync();
            var premises = new Premises(group, files, volume, network);
            if (networks is not null) files.WriteEtc(networks.ResolverConfiguration);
            return await LaunchAsync(premises, command);
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
    public async Task<EnvironmentShell> RestartAsync(IsolatedProcess ended, Func<Premises, IEnumerable<string>> command)
    {
        try
        {
            return await LaunchAsync(ended.LeavePremises(), command);
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

    async Task<EnvironmentShell> LaunchAsync(Premises premises, Func<Premises, IEnumerable<string>> command)
    {
        string[] arguments = [.. Limits(premises.Group), .. command(premises), LaunchCommand.Shell];
        var process = await spawning.RunAsync(() => Spawn(premises.Network, arguments));
        return new EnvironmentShell(process, isSandboxed: networks is not null, premises);
    }

    // Without control groups the number of an environment's processes is limited where they are a user's only ones.
    List<string> Limits(IControlGroup? group) => group is null
        ? LaunchCommand.Limits([], networks is null ? null : ResourceLimits.ProcessesMax)
        : LaunchCommand.Limits(group.EntranceFiles, null);

    ChildProcess Spawn(EnvironmentNetwork network, string[] arguments)
    {
        ChildProcess Start() => ChildProcess.Start(LaunchCommand.Shell, arguments, LaunchVariables, EnvironmentShell.Descriptors);
        return networks is null ? Start() : networks.Inside(network, Start);
    }
}
