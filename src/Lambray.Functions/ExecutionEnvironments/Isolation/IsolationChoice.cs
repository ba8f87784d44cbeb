using System.ComponentModel;
using System.Diagnostics;
using Lambray.Functions.ExecutionEnvironments.ControlGroups;
using Lambray.Functions.ExecutionEnvironments.Isolation.Network;
using Lambray.Functions.ExecutionEnvironments.Isolation.Storage;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>Finds out how strongly this machine and this user can isolate, and takes the strongest.</summary>
public static class IsolationChoice
{
    const string ProbeProgram = "/bin/true";
    static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(5);

    public static async Task<IIsolation> StrongestAsync(IsolationConfig config)
    {
        try
        {
            return await SandboxAsync(config);
        }
        catch (IsolationUnavailableException error)
        {
            return await ProcessesAsync(config, error.Message);
        }
    }

    /// <exception cref="IsolationUnavailableException">This machine or this user cannot make sandboxes.</exception>
    public static async Task<IIsolation> SandboxAsync(IsolationConfig config)
    {
        var (bubblewrap, why) = await FindBubblewrapAsync(config.SearchPath);
        return bubblewrap is null ? throw new IsolationUnavailableException(why) : await SandboxAsync(bubblewrap, config);
    }

    /// <param name="why">Why it is nothing stronger.</param>
    public static async Task<IIsolation> ProcessesAsync(IsolationConfig config, string why) =>
        new ProcessIsolation(await EnvironmentLauncher.OnHostAsync(CleanGroups(config)), config, why);

    static async Task<SandboxIsolation> SandboxAsync(string bubblewrap, IsolationConfig config)
    {
        var groups = CleanGroups(config);
        EnvironmentNetworks? networks = null;
        IEphemeralStorage? storage = null;
        try
        {
            networks = await NetworksAsync(config);
            storage = await StorageAsync(config);
            var launcher = await EnvironmentLauncher.ForSandboxesAsync(groups, networks, storage);
            return new SandboxIsolation(bubblewrap, launcher, config, isRoot: LibC.EffectiveUserId() == 0);
        }
        catch (Exception error) when (error is IOException or Win32Exception)
        {
            storage?.Dispose();
            networks?.Dispose();
            groups?.Dispose();
            throw new IsolationUnavailableException(error.Message);
        }
    }

    static async Task<EnvironmentNetworks> NetworksAsync(IsolationConfig config)
    {
        if (LibC.EffectiveUserId() == 0) await RoutedNetwork.CleanAsync(config.SearchPath);
        if (config.Network == NetworkAccess.Closed) return await EnvironmentNetworks.OpenAsync(new NoOutsideNetwork(), config.AwsPort, config.HostPorts);
        try
        {
            IOutsideNetwork outside = LibC.EffectiveUserId() == 0
                ? await RoutedNetwork.OpenAsync(config.SearchPath)
                : UserModeNetwork.Open(config.SearchPath);
            return await EnvironmentNetworks.OpenAsync(outside, config.AwsPort, config.HostPorts);
        }
        catch (IOException error)
        {
            return await EnvironmentNetworks.OpenAsync(new NoOutsideNetwork(error.Message), config.AwsPort, config.HostPorts);
        }
    }

    static async Task<IEphemeralStorage> StorageAsync(IsolationConfig config)
    {
        if (LibC.EffectiveUserId() != 0) return new MemoryStorage("only root may mount disks");
        try
        {
            return await DiskStorage.OpenAsync(config.Volumes, config.SearchPath);
        }
        catch (IOException error)
        {
            return new MemoryStorage(error.Message);
        }
    }

    // Whatever a crash has left running may still write: first its processes go, with their groups, then its files.
    static IControlGroups? CleanGroups(IsolationConfig config)
    {
        var groups = (IControlGroups?)ControlGroupsV2.Find() ?? ControlGroupsV1.Find();
        foreach (var directory in new[] { config.Directory, config.Vacant, config.Volumes })
        {
            if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
            Directory.CreateDirectory(directory);
        }
        return groups;
    }

    static async Task<(string? Path, string Why)> FindBubblewrapAsync(string? searchPath)
    {
        var path = Programs.Find("bwrap", searchPath);
        if (path is null) return (null, "bubblewrap is not installed; Debian has it as 'bubblewrap'");
        if (!Capabilities.AllowNamespaces()) return (null, "this machine lets only root make namespaces");
        using var thread = new DedicatedThread("probe");
        return await thread.RunAsync(() => Works(path)) ? (path, "") : (null, "this machine does not let bubblewrap make namespaces");
    }

    static bool Works(string bubblewrap)
    {
        // bubblewrap refuses to run for an ordinary user who has any.
        Capabilities.KeepFromChildren();
        string[] user = LibC.EffectiveUserId() == 0 ? [] : ["--unshare-user", "--disable-userns"];
        var start = new ProcessStartInfo(bubblewrap, [.. user, "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", ProbeProgram])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var probe = Process.Start(start)!;
        return probe.WaitForExit(ProbeLimit) && probe.ExitCode == 0;
    }
}

/// <summary>The isolation that was asked for cannot be had.</summary>
public sealed class IsolationUnavailableException(string message) : Exception(message);
