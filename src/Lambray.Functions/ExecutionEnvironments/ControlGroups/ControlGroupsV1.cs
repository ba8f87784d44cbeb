using System.Globalization;

namespace Lambray.Functions.ExecutionEnvironments.ControlGroups;

/// <summary>Version 1: one hierarchy of folders per controller.</summary>
sealed class ControlGroupsV1 : IControlGroups
{
    const int SharesOfOneCpu = 1024;
    const int SharesMin = 2;

    readonly string memory;
    readonly string processes;
    readonly string cpu;

    ControlGroupsV1(string memory, string processes, string cpu) => (this.memory, this.processes, this.cpu) = (memory, processes, cpu);

    public string Description => "cgroup v1";

    /// <summary>Null when this machine or this user has no version 1 controllers to write to.</summary>
    public static ControlGroupsV1? Find()
    {
        try
        {
            return new ControlGroupsV1(Open("memory"), Open("pids"), Open("cpu"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public IControlGroup Create(string name, ResourceLimits limits)
    {
        var group = new Group(Path.Combine(memory, name), Path.Combine(processes, name), Path.Combine(cpu, name));
        group.Make(limits);
        return group;
    }

    public void Dispose()
    {
        foreach (var server in new[] { memory, processes, cpu }) ControlGroupFiles.TryRemove(server);
    }

    static string Open(string controller)
    {
        var parent = Path.Combine("/sys/fs/cgroup", controller) + OwnPath(controller);
        ControlGroupFiles.RemoveLeftovers(parent);
        var server = ControlGroupFiles.ServerGroup(parent);
        Directory.CreateDirectory(server);
        return server;
    }

    // Lines of /proc/self/cgroup: "4:memory:/path", several controllers separated by commas.
    static string OwnPath(string controller)
    {
        foreach (var line in File.ReadLines("/proc/self/cgroup"))
            if (line.Split(':', 3) is [_, var controllers, var path] && controllers.Split(',').Contains(controller)) return path.TrimEnd('/');
        throw new DirectoryNotFoundException($"There is no version 1 controller '{controller}'.");
    }

    sealed class Group(string memory, string processes, string cpu) : IControlGroup
    {
        public IReadOnlyList<string> ProcessFiles { get; } = [.. new[] { memory, processes, cpu }.Select(group => Path.Combine(group, "cgroup.procs"))];

        public long? MemoryPeakBytes => ControlGroupFiles.ReadNumber(memory, "memory.max_usage_in_bytes");

        public bool RanOutOfMemory => ControlGroupFiles.ReadCounter(memory, "memory.oom_control", "oom_kill") > 0;

        public void Make(ResourceLimits limits)
        {
            foreach (var group in new[] { memory, processes, cpu }) Directory.CreateDirectory(group);
            // Lowered from without limit: memory alone may never have more than memory and swap together.
            ControlGroupFiles.Write(memory, "memory.limit_in_bytes", limits.MemoryBytes.ToString(CultureInfo.InvariantCulture));
            Raise(limits);
        }

        public void Raise(ResourceLimits limits)
        {
            var bytes = limits.MemoryBytes.ToString(CultureInfo.InvariantCulture);
            ControlGroupFiles.WriteIfPresent(memory, "memory.memsw.limit_in_bytes", bytes);
            ControlGroupFiles.Write(memory, "memory.limit_in_bytes", bytes);
            ControlGroupFiles.Write(processes, "pids.max", limits.ProcessesMax.ToString(CultureInfo.InvariantCulture));
            var shares = Math.Max(SharesMin, (int)(limits.CpuShare * SharesOfOneCpu));
            ControlGroupFiles.Write(cpu, "cpu.shares", shares.ToString(CultureInfo.InvariantCulture));
        }

        public void KillAll() => ControlGroupFiles.KillAll(processes);

        public bool TryRemove() =>
            ControlGroupFiles.TryRemove(memory) & ControlGroupFiles.TryRemove(processes) & ControlGroupFiles.TryRemove(cpu);
    }
}
