using System.Diagnostics;
using System.Globalization;

namespace Lambray.Tests.Server.Isolation;

/// <summary>A process on this machine, seen from outside its sandbox.</summary>
sealed record LocalProcess(int Id)
{
    string Folder => string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}");

    /// <summary>Time on a CPU so far, as the kernel counts it.</summary>
    public string CpuTicks => string.Join(' ', Statistics[11..13]);

    /// <summary>Whether its control group, or a signal, keeps it from running.</summary>
    public bool IsFrozen => Statistics[0] == "T" || FreezerStates().Any(state => state is "FROZEN" or "frozen 1");

    /// <summary>Ends it, unless it has ended by now.</summary>
    public void Kill()
    {
        try
        {
            Process.GetProcessById(Id).Kill();
        }
        catch (ArgumentException)
        {
        }
    }

    // The fields behind the name, which is in brackets: state, parent, …
    string[] Statistics
    {
        get
        {
            var text = File.ReadAllText(Folder + "/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
    }

    IEnumerable<string> FreezerStates()
    {
        foreach (var line in File.ReadLines(Folder + "/cgroup"))
        {
            if (line.Split(':', 3) is not [_, var controllers, var path]) continue;
            // The topmost group cannot be frozen and has no such file.
            if (controllers == "freezer" && path != "/") yield return File.ReadAllText($"/sys/fs/cgroup/freezer{path}/freezer.state").Trim();
            var events = $"/sys/fs/cgroup{path}/cgroup.events";
            if (controllers.Length == 0 && File.Exists(events))
                foreach (var entry in File.ReadLines(events)) yield return entry;
        }
    }
}

static class LocalProcesses
{
    /// <summary>Processes whose environment names this function.</summary>
    public static IEnumerable<LocalProcess> WithFunction(string name) => WithText("environ", $"AWS_LAMBDA_FUNCTION_NAME={name}\0");

    public static IEnumerable<LocalProcess> WithArgument(string argument) => WithText("cmdline", argument);

    /// <summary>Processes in the control group of this name.</summary>
    public static IEnumerable<LocalProcess> InGroup(string name) => WithText("cgroup", $"/{name}\n");

    public static IEnumerable<LocalProcess> OfUser(uint user) => WithText("status", string.Create(CultureInfo.InvariantCulture, $"\nUid:\t{user}\t"));

    static IEnumerable<LocalProcess> WithText(string file, string text) =>
        from folder in Directory.EnumerateDirectories("/proc")
        let name = Path.GetFileName(folder)
        where int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _) && Read(Path.Combine(folder, file)).Contains(text, StringComparison.Ordinal)
        select new LocalProcess(int.Parse(name, CultureInfo.InvariantCulture));

    static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        // It has ended since it was listed, or is none of ours.
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
