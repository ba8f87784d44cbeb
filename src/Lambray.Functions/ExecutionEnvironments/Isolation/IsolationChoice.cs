using System.Diagnostics;
using Lambray.Functions.ExecutionEnvironments.ControlGroups;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>Finds out how strongly this machine and this user can isolate, and takes the strongest.</summary>
public static class IsolationChoice
{
    const string ProbeProgram = "/bin/true";
    static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(5);

    /// <param name="directory">Where environments keep their files; leftovers of a crash are removed.</param>
    /// <param name="awsPort">The port of the AWS services inside a sandbox.</param>
    /// <param name="awsEndpoint">Their URL where functions share the host's network.</param>
    public static async Task<IIsolation> StrongestAsync(string directory, string? searchPath, int awsPort, Func<string> awsEndpoint)
    {
        var (bubblewrap, why) = await FindBubblewrapAsync(searchPath);
        return bubblewrap is null ? Processes(directory, awsEndpoint, why) : new SandboxIsolation(bubblewrap, Launcher(directory), awsPort);
    }

    /// <inheritdoc cref="StrongestAsync"/>
    /// <exception cref="IsolationUnavailableException">This machine or this user cannot make sandboxes.</exception>
    public static async Task<IIsolation> SandboxAsync(string directory, string? searchPath, int awsPort)
    {
        var (bubblewrap, why) = await FindBubblewrapAsync(searchPath);
        return bubblewrap is null ? throw new IsolationUnavailableException(why) : new SandboxIsolation(bubblewrap, Launcher(directory), awsPort);
    }

    /// <inheritdoc cref="StrongestAsync"/>
    /// <param name="why">Why it is nothing stronger.</param>
    public static IIsolation Processes(string directory, Func<string> awsEndpoint, string why) =>
        new ProcessIsolation(Launcher(directory), awsEndpoint, why);

    static EnvironmentLauncher Launcher(string directory) => new((IControlGroups?)ControlGroupsV2.Find() ?? ControlGroupsV1.Find(), directory);

    static async Task<(string? Path, string Why)> FindBubblewrapAsync(string? searchPath)
    {
        var path = (searchPath ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, "bwrap")).FirstOrDefault(File.Exists);
        if (path is null) return (null, "bubblewrap is not installed; Debian has it as 'bubblewrap'");
        if (LibC.EffectiveUserId() != 0) return (null, "sandboxes are set up by root only");
        return await Works(path) ? (path, "") : (null, "this machine does not let bubblewrap make namespaces");
    }

    static async Task<bool> Works(string bubblewrap)
    {
        var start = new ProcessStartInfo(bubblewrap, ["--unshare-pid", "--unshare-net", "--unshare-uts", "--ro-bind", "/", "/", "--proc", "/proc", ProbeProgram])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var probe = Process.Start(start)!;
        using var limit = new CancellationTokenSource(ProbeLimit);
        await probe.WaitForExitAsync(limit.Token);
        return probe.ExitCode == 0;
    }
}

/// <summary>The isolation that was asked for cannot be had.</summary>
public sealed class IsolationUnavailableException(string message) : Exception(message);
