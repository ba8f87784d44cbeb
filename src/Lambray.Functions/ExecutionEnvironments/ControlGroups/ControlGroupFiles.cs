using System.Globalization;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.ControlGroups;

/// <summary>Reading and writing the small files that control groups consist of.</summary>
static class ControlGroupFiles
{
    /// <summary>Every group of a server lies in one named after its process, so that a later one can tell those left behind by a crash.</summary>
    const string Prefix = "lambray-";

    // Whoever was killed is gone in a moment; a process that hangs in the kernel must not keep a server from starting.
    static readonly TimeSpan LeftoverWait = TimeSpan.FromSeconds(1);

    public static string ServerGroup(string parent) => Path.Combine(parent, Prefix + ProcessIdentity.Own);

    public static void Write(string group, string file, string value) => File.WriteAllText(Path.Combine(group, file), value);

    /// <summary>Writes a setting that not every kernel has (swap accounting, for one).</summary>
    public static void WriteIfPresent(string group, string file, string value)
    {
        if (File.Exists(Path.Combine(group, file))) Write(group, file, value);
    }

    /// <summary>The number behind a key in a file of "key number" lines.</summary>
    public static long ReadCounter(string group, string file, string key) => ReadSum(group, file, key);

    /// <summary>The sum of the numbers behind some keys in a file of "key number" lines.</summary>
    public static long ReadSum(string group, string file, params ReadOnlySpan<string> keys)
    {
        var sum = 0L;
        foreach (var line in Read(group, file).Split('\n'))
            if (line.Split(' ') is [var name, var value] && keys.Contains(name) && long.TryParse(value, CultureInfo.InvariantCulture, out var count)) sum += count;
        return sum;
    }

    public static bool TryRemove(string group)
    {
        try
        {
            Directory.Delete(group);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Ends the processes that are in a group now.</summary>
    public static void KillAll(string group)
    {
        foreach (var line in Read(group, "cgroup.procs").Split('\n'))
            if (int.TryParse(line, CultureInfo.InvariantCulture, out var pid)) _ = LibC.Kill(pid, LibC.SigKill);
    }

    /// <summary>Removes the groups of servers that are no longer running, ending whatever still lives in them.</summary>
    /// <param name="thaw">Lets the processes of a group go on, as the frozen ones do not die.</param>
    public static void RemoveLeftovers(string parent, Action<string>? thaw = null)
    {
        foreach (var server in Directory.EnumerateDirectories(parent, Prefix + "*"))
        {
            if (ProcessIdentity.Parse(Path.GetFileName(server)[Prefix.Length..]) is not { IsAlive: false }) continue;
            SpinWait.SpinUntil(() => TryEmpty(server, thaw), LeftoverWait);
            TryRemove(server);
        }
    }

    static bool TryEmpty(string server, Action<string>? thaw)
    {
        var removed = true;
        foreach (var environment in Directory.GetDirectories(server))
        {
            KillAll(environment);
            thaw?.Invoke(environment);
            removed &= TryRemove(environment);
        }
        return removed;
    }

    static string Read(string group, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(group, file)).TrimEnd();
        }
        // The group, or this account of it, is gone or was never there.
        catch (IOException)
        {
            return "";
        }
    }
}
