using System.Globalization;

namespace Lambray.Functions.ExecutionEnvironments.ControlGroups;

/// <summary>Version 2: one hierarchy of folders for all controllers.</summary>
sealed class ControlGroupsV2 : IControlGroups
{
    const string Root = "/sys/fs/cgroup";
    const int WeightOfOneCpu = 100;

    readonly string server;

    ControlGroupsV2(string server) => this.server = server;

    public string Description => "cgroup v2";

    /// <summary>Null when this machine has no version 2 controllers, or does not let this user hand them down.</summary>
    public static ControlGroupsV2? Find()
    {
        if (!File.Exists(Path.Combine(Root, "cgroup.controllers"))) return null;
        var server = ControlGroupFiles.ServerGroup(Root);
        try
        {
            ControlGroupFiles.RemoveLeftovers(Root);
            Directory.CreateDirectory(server);
            ControlGroupFiles.Write(server, "cgroup.subtree_control", "+memory +pids +cpu");
            return new ControlGroupsV2(server);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            ControlGroupFiles.TryRemove(server);
            return null;
        }
    }

    public IControlGroup Create(string name, ResourceLimits limits)
    {
        var path = Path.Combine(server, name);
        Directory.CreateDirectory(path);
        ControlGroupFiles.WriteIfPresent(path, "memory.swap.max", "0");
        var group = new Group(path, ControlGroupSwitch.Find(path, "cgroup.freeze", on: "1", off: "0"));
        group.Raise(limits);
        return group;
    }

    public void Dispose() => ControlGroupFiles.TryRemove(server);

    sealed class Group(string group, ControlGroupSwitch? freezer) : IControlGroup
    {
        public IReadOnlyList<string> ProcessFiles { get; } = [Path.Combine(group, "cgroup.procs")];

        public long? MemoryPeakBytes => ControlGroupFiles.ReadNumber(group, "memory.peak");

        public bool RanOutOfMemory => ControlGroupFiles.ReadCounter(group, "memory.events", "oom_kill") > 0;

        public void Raise(ResourceLimits limits)
        {
            ControlGroupFiles.Write(group, "memory.max", limits.MemoryBytes.ToString(CultureInfo.InvariantCulture));
            ControlGroupFiles.Write(group, "pids.max", limits.ProcessesMax.ToString(CultureInfo.InvariantCulture));
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
            if (removed) freezer?.Dispose();
            return removed;
        }
    }
}
