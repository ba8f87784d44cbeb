using System.Globalization;

namespace Lambray.Functions.ExecutionEnvironments.ControlGroups;

/// <summary>Version 2: one hierarchy of folders for all controllers.</summary>
sealed class ControlGroupsV2 : IControlGroups
{
    const string Root = "/sys/fs/cgroup";
    const string Processes = "cgroup.procs";
    const string ChildControllers = "cgroup.subtree_control";
    const string Controllers = "+memory +pids +cpu";
    const int WeightOfOneCpu = 100;

    // The kernel's word for whoever writes it.
    const string OwnProcess = "0";

    readonly string server;

    ControlGroupsV2(string server) => this.server = server;

    public string Description => "cgroup v2";

    /// <summary>Null when this machine has no version 2 controllers, or does not let this user hand them down.</summary>
    /// <remarks>Root may use the whole tree. Another user has what was delegated to him, as systemd does: the group that he is in.</remarks>
    public static ControlGroupsV2? Find()
    {
        if (!File.Exists(Path.Combine(Root, "cgroup.controllers"))) return null;
        return TryOpen(Root, leavesParent: false) ?? (OwnPath() is { } own ? TryOpen(Root + own, leavesParent: true) : null);
    }

    public IControlGroup Create(string name, ResourceLimits limits)
    {
        var path = Path.Combine(server, name);
        Directory.CreateDirectory(path);
        ControlGroupFiles.WriteIfPresent(path, "memory.swap.max", "0");
        var group = new Group(path, ControlGroupGauge.Find(path, "memory.peak"), ControlGroupSwitch.Find(path, "cgroup.freeze", on: "1", off: "0"));
        group.Raise(limits);
        return group;
    }

    public void Dispose() => ControlGroupFiles.TryRemove(server);

    /// <param name="leavesParent">Whether this process is in the parent: no group can have both processes and children with controllers.</param>
    static ControlGroupsV2? TryOpen(string parent, bool leavesParent)
    {
        var server = ControlGroupFiles.ServerGroup(parent);
        var ownLeaf = Path.Combine(server, "server");
        try
        {
            ControlGroupFiles.RemoveLeftovers(parent);
            Directory.CreateDirectory(server);
            if (leavesParent)
            {
                Directory.CreateDirectory(ownLeaf);
                ControlGroupFiles.Write(ownLeaf, Processes, OwnProcess);
                ControlGroupFiles.Write(parent, ChildControllers, Controllers);
            }
            ControlGroupFiles.Write(server, ChildControllers, Controllers);
            return new ControlGroupsV2(server);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (Directory.Exists(ownLeaf)) ControlGroupFiles.Write(parent, Processes, OwnProcess);
            ControlGroupFiles.TryRemove(ownLeaf);
            ControlGroupFiles.TryRemove(server);
            return null;
        }
    }

    // The line of /proc/self/cgroup without controllers: "0::/path".
    static string? OwnPath() =>
        File.ReadLines("/proc/self/cgroup").Where(line => line.StartsWith("0::", StringComparison.Ordinal)).Select(line => line["0::".Length..].TrimEnd('/')).FirstOrDefault();

    sealed class Group(string group, ControlGroupGauge? peak, ControlGroupSwitch? freezer) : IControlGroup
    {
        public IReadOnlyList<string> EntranceFiles { get; } = [Path.Combine(group, Processes)];

        public long? MemoryPeakBytes => peak?.Read();

        public long MemoryInUseBytes => ControlGroupFiles.ReadSum(group, "memory.stat", "anon", "shmem");

        public bool RanOutOfMemory => ControlGroupFiles.ReadCounter(group, "memory.events", "oom_kill") > 0;

        public void Raise(ResourceLimits limits)
        {
            ControlGroupFiles.Write(group, "memory.max", limits.MemoryBytes.ToString(CultureInfo.InvariantCulture));
            ControlGroupFiles.Write(group, "pids.max", ResourceLimits.ProcessesMax.ToString(CultureInfo.InvariantCulture));
            var weight = Math.Clamp((int)(limits.CpuShare * WeightOfOneCpu), 1, 10_000);
            ControlGroupFiles.Write(group, "cpu.weight", weight.ToString(CultureInfo.InvariantCulture));
        }

        public bool CanFreeze => freezer is not null;

        public void Freeze() => freezer?.TurnOn();

        public void Thaw() => freezer?.TurnOff();

        public void KillAll() => ControlGroupFiles.KillAll(group);

        public bool TryRemove()
        {
            var removed = ControlGroupFiles.TryRemove(group);
            if (!removed) return false;
            peak?.Dispose();
            freezer?.Dispose();
            return true;
        }
    }
}
