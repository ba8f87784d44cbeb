using System.Globalization;

namespace Lambray.Functions.ExecutionEnvironments.ControlGroups;

/// <summary>Version 1: one hierarchy of folders per controller.</summary>
/// <remarks>
/// CPU time is shared by weight and not capped: AWS gives a function of 128 MB a fourteenth of a CPU even on an idle host,
/// but here nobody pays for the rest of it, and everything would start that much slower.
/// </remarks>
sealed class ControlGroupsV1 : IControlGroups
{
    const string Frozen = "FROZEN";
    const string Thawed = "THAWED";
    const string FreezerState = "freezer.state";
    const int SharesOfOneCpu = 1024;
    const int SharesMin = 2;

    readonly string memory;
    readonly string processes;
    readonly string cpu;
    readonly string? freezer;

    ControlGroupsV1(string memory, string processes, string cpu, string? freezer) =>
        (this.memory, this.processes, this.cpu, this.freezer) = (memory, processes, cpu, freezer);

    public string Description => "cgroup v1";

    /// <summary>Null when this machine or this user has no version 1 controllers to write to.</summary>
    public static ControlGroupsV1? Find()
    {
        // First of all, as whoever was left frozen can neither be ended nor counted out of the others.
        var freezer = TryOpen("freezer");
        return TryOpen("memory") is { } memory && TryOpen("pids") is { } processes && TryOpen("cpu") is { } cpu
            ? new ControlGroupsV1(memory, processes, cpu, freezer)
            : null;
    }

    public IControlGroup Create(string name, ResourceLimits limits)
    {
        var group = new Group(Path.Combine(memory, name), Path.Combine(processes, name), Path.Combine(cpu, name), freezer is null ? null : Path.Combine(freezer, name));
        group.Make(limits);
        return group;
    }

    public void Dispose()
    {
        foreach (var server in new[] { memory, processes, cpu, freezer })
            if (server is not null) ControlGroupFiles.TryRemove(server);
    }

    static string? TryOpen(string controller)
    {
        try
        {
            if (OwnPath(controller) is not { } path) return null;
            var parent = Path.Combine("/sys/fs/cgroup", controller) + path;
            ControlGroupFiles.RemoveLeftovers(parent, group => ControlGroupFiles.WriteIfPresent(group, FreezerState, Thawed));
            var server = ControlGroupFiles.ServerGroup(parent);
            Directory.CreateDirectory(server);
            return server;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Lines of /proc/self/cgroup: "4:memory:/path", several controllers separated by commas.
    static string? OwnPath(string controller)
    {
        foreach (var line in File.ReadLines("/proc/self/cgroup"))
            if (line.Split(':', 3) is [_, var controllers, var path] && controllers.Split(',').Contains(controller)) return path.TrimEnd('/');
        return null;
    }

    sealed class Group(string memory, string processes, string cpu, string? freezer) : IControlGroup
    {
        readonly string[] all = [.. new[] { memory, processes, cpu, freezer }.OfType<string>()];
        ControlGroupGauge? peak;
        ControlGroupSwitch? freezing;

        // A thread enters at once where a process, which might be forking, must wait for all CPUs to pass by: some 15 ms.
        public IReadOnlyList<string> EntranceFiles { get; } =
            [.. new[] { memory, processes, cpu, freezer }.OfType<string>().Select(group => Path.Combine(group, "tasks"))];

        public long? MemoryPeakBytes => peak?.Read();

        public long MemoryInUseBytes => ControlGroupFiles.ReadSum(memory, "memory.stat", "rss", "shmem");

        public bool RanOutOfMemory => ControlGroupFiles.ReadCounter(memory, "memory.oom_control", "oom_kill") > 0;

        public bool CanFreeze => freezing is not null;

        public void Make(ResourceLimits limits)
        {
            foreach (var group in all) Directory.CreateDirectory(group);
            // Lowered from without limit: memory alone may never have more than memory and swap together.
            ControlGroupFiles.Write(memory, "memory.limit_in_bytes", limits.MemoryBytes.ToString(CultureInfo.InvariantCulture));
            Raise(limits);
            peak = ControlGroupGauge.Find(memory, "memory.max_usage_in_bytes");
            if (freezer is not null) freezing = ControlGroupSwitch.Find(freezer, FreezerState, Frozen, Thawed);
        }

        public void Raise(ResourceLimits limits)
        {
            var bytes = limits.MemoryBytes.ToString(CultureInfo.InvariantCulture);
            ControlGroupFiles.WriteIfPresent(memory, "memory.memsw.limit_in_bytes", bytes);
            ControlGroupFiles.Write(memory, "memory.limit_in_bytes", bytes);
            ControlGroupFiles.Write(processes, "pids.max", ResourceLimits.ProcessesMax.ToString(CultureInfo.InvariantCulture));
            var shares = Math.Max(SharesMin, (int)(limits.CpuShare * SharesOfOneCpu));
            ControlGroupFiles.Write(cpu, "cpu.shares", shares.ToString(CultureInfo.InvariantCulture));
        }

        public void Freeze() => freezing?.TurnOn();

        public void Thaw() => freezing?.TurnOff();

        // A signal to a frozen process waits until it is thawed.
        public void KillAll()
        {
            ControlGroupFiles.KillAll(processes);
            Thaw();
        }

        public bool TryRemove()
        {
            var removed = all.Aggregate(true, (gone, group) => ControlGroupFiles.TryRemove(group) & gone);
            if (!removed) return false;
            peak?.Dispose();
            freezing?.Dispose();
            return true;
        }
    }
}
