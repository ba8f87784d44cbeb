using System.ComponentModel;
using Lambray.Functions.ExecutionEnvironments.ControlGroups;
using Lambray.Functions.ExecutionEnvironments.Linux;
using Lambray.Functions.Registry;

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
    readonly IsolationConfig config;
    readonly string bubblewrap;
    readonly EnvironmentAddresses places;
    readonly bool isRoot;
    readonly Stock<EnvironmentShell> vacant;
    readonly DedicatedThread mounting = new("mounts");
    MountNamespace? mounts;
    uint started;

    /// <param name="isRoot">Whether environments can have user ids of their own.</param>
    internal SandboxIsolation(string bubblewrap, EnvironmentLauncher launcher, IsolationConfig config, bool isRoot)
    {
        (this.bubblewrap, this.launcher, this.config, this.isRoot) = (bubblewrap, launcher, config, isRoot);
        places = new EnvironmentAddresses(
            "127.0.0.1:9001", "127.0.0.1:2000", $"http://127.0.0.1:{config.AwsPort}",
            SandboxMounts.TaskRoot, SandboxMounts.RuntimeDirectory, SandboxMounts.LanguageDirectory, SandboxMounts.LayersDirectory);
        vacant = new Stock<EnvironmentShell>(MakeVacantAsync);
        if (CanAssign) vacant.Open();
    }

    public string Description =>
        $"sandbox (bubblewrap: own namespaces and {(isRoot ? "user id" : "the server's user id")}; {string.Join("; ", launcher.Facts)})";

    /// <summary>How many sandboxes wait for a function.</summary>
    internal int VacantCount => vacant.ReadyCount;

    public async Task<IsolatedProcess> StartAsync(EnvironmentPlan plan) => Begin(
        await TakeVacantAsync(plan) ?? await launcher.StartAsync(FilesOf(plan), plan.Limits, plan.EphemeralStorage, NextUser(), premises => Command(premises, plan)), plan);

    public async Task<IsolatedProcess> RestartAsync(IsolatedProcess ended, EnvironmentPlan plan) =>
        Begin(await launcher.RestartAsync(ended, premises => Command(premises, plan)), plan);

    public bool CanAssign { get; } = ForeignMounts.AreSupported();

    public async Task<IReadOnlyDictionary<string, string>> AssignAsync(IsolatedProcess process, EnvironmentPlan plan)
    {
        process.Raise(plan.Limits);
        try
        {
            await MountAsync(process.FirstInside, SandboxMounts.FunctionFolders(plan));
        }
        catch (Exception error) when (IsRefusal(error))
        {
            throw new EnvironmentStartException($"A runtime that waited could not be given its function: {error.Message}", error);
        }
        return plan.Variables(places);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var shell in await vacant.CloseAsync()) await shell.EndAsync();
        mounting.Dispose();
        mounts?.Dispose();
        launcher.Dispose();
    }

    static bool IsRefusal(Exception error) => error is Win32Exception or IOException or UnauthorizedAccessException;

    string FilesOf(EnvironmentPlan plan) => Path.Combine(config.Directory, plan.Id);

    uint? NextUser() => isRoot ? FirstUser + (Interlocked.Increment(ref started) % Users) : null;

    IEnumerable<string> Command(Premises premises, EnvironmentPlan? plan) =>
    [
        bubblewrap, .. Namespaces, .. isRoot ? AsRoot : AsUser, .. SandboxMounts.Arguments(premises, plan), "--",
        .. premises.Files.User is { } other ? LaunchCommand.DropPrivileges(other) : [],
    ];

    // A sandbox in which nobody lives yet: the same for every function but for its folders and limits.
    async Task<EnvironmentShell> MakeVacantAsync()
    {
        var files = Path.Combine(config.Vacant, Guid.NewGuid().ToString("n"));
        var shell = await launcher.StartAsync(files, ResourceLimits.Least, FunctionModel.EphemeralStorageDefault, NextUser(), premises => Command(premises, plan: null));
        try
        {
            await shell.WaitAsync();
            return shell;
        }
        catch (EnvironmentStartException)
        {
            await shell.EndAsync();
            throw;
        }
    }

    /// <returns>Null when there is none that would do.</returns>
    async Task<EnvironmentShell?> TakeVacantAsync(EnvironmentPlan plan)
    {
        // Runtimes that are started ahead have time, and leave these to functions that are waited for.
        if (plan.CodeDirectory is null || plan.EphemeralStorage != FunctionModel.EphemeralStorageDefault || plan.Runtime.SystemFiles is not []) return null;
        while (vacant.TryTake(out var shell))
        {
            if (await TryFurnishAsync(shell, plan)) return shell;
            await shell.EndAsync();
        }
        return null;
    }

    async Task<bool> TryFurnishAsync(EnvironmentShell shell, EnvironmentPlan plan)
    {
        try
        {
            shell.Premises.Files.MoveTo(FilesOf(plan));
            shell.Premises.Group?.Raise(plan.Limits);
            await MountAsync(shell.FirstInside, SandboxMounts.Folders(plan));
            return true;
        }
        // It has ended; or if the machine has become too weak for it, the start from the beginning tells why.
        catch (Exception error) when (IsRefusal(error) || error is EnvironmentStartException)
        {
            return false;
        }
    }

    Task MountAsync(int process, IEnumerable<(string Source, string Target)> folders) => mounting.RunAsync(() =>
    {
        // What the host has mounted only root may mount elsewhere.
        if (!isRoot) mounts ??= MountNamespace.Enter();
        ForeignMounts.BindReadOnly(process, folders);
    });

    IsolatedProcess Begin(EnvironmentShell shell, EnvironmentPlan plan) =>
        shell.Become(plan.Extensions, ShellOrders.For(plan, places, plan.Variables(places), launcher.DataBytesMax(plan)));
}
