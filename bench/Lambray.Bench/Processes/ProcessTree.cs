using System.Globalization;

namespace Lambray.Bench.Processes;

/// <summary>A process and all that come from it, as <c>/proc</c> tells.</summary>
sealed class ProcessTree(int root)
{
    const double TicksPerSecond = 100;
    const long BytesPerKilobyte = 1024;

    static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(150);
    static readonly TimeSpan QuietWithin = TimeSpan.FromSeconds(30);

    // The timers of an idle server.
    static readonly TimeSpan HardlyAnything = TimeSpan.FromMilliseconds(10);

    // Network namespaces, mounts and control groups are among them.
    static readonly string[] KernelEntries = ["SUnreclaim:", "KernelStack:", "PageTables:", "Percpu:"];

    public int Root => root;

    /// <summary>Waits until nothing is done any more that was begun before: files removed, runtimes started ahead, segments written.</summary>
    /// <param name="within">Null for half a minute.</param>
    public async Task SettleAsync(TimeSpan? within = null)
    {
        using var limit = new CancellationTokenSource(within ?? QuietWithin);
        for (var before = ProcessorTime; ;)
        {
            await Task.Delay(Quiet, TimeProvider.System, limit.Token);
            var now = ProcessorTime;
            if ((now - before).Duration() <= HardlyAnything) return;
            before = now;
        }
    }

    /// <summary>Waits until so many runtimes run.</summary>
    public async Task WaitForRuntimesAsync(int count)
    {
        using var limit = new CancellationTokenSource(QuietWithin);
        while (Runtimes().Count < count) await Task.Delay(Quiet, TimeProvider.System, limit.Token);
    }

    /// <summary>What the processes that descend from the root hold, each shared page divided by those who share it.</summary>
    public (long Runtimes, long Helpers) DescendantsBytes()
    {
        var runtimes = Runtimes();
        return (runtimes.Sum(ProportionalBytes), Processes().Where(process => process.Id != root).Except(runtimes).Sum(ProportionalBytes));
    }

    /// <summary>What the root alone holds.</summary>
    public long RootBytes() => Kilobytes($"/proc/{root}/smaps_rollup", "Rss:") * BytesPerKilobyte;

    /// <summary>What the kernel holds for itself, for the whole machine.</summary>
    public static long KernelBytes() => KernelEntries.Sum(name => Kilobytes("/proc/meminfo", name)) * BytesPerKilobyte;

    /// <summary>Of all of them together, so far.</summary>
    public TimeSpan ProcessorTime => TimeSpan.FromSeconds(Processes().Sum(process => process.Ticks) / TicksPerSecond);

    static long ProportionalBytes(ProcessEntry process) => Kilobytes($"/proc/{process.Id}/smaps_rollup", "Pss:") * BytesPerKilobyte;

    // The last of those that lead from the server to a runtime; the others serve it.
    List<ProcessEntry> Runtimes()
    {
        var all = Processes();
        var parents = all.Select(process => process.Parent).ToHashSet();
        return all.FindAll(process => process.Id != root && !parents.Contains(process.Id));
    }

    List<ProcessEntry> Processes()
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Where(directory => char.IsAsciiDigit(Path.GetFileName(directory)[0]))
            .Select(ProcessEntry.TryRead).OfType<ProcessEntry>()
            .ToLookup(process => process.Parent);
        var found = new List<ProcessEntry>();
        if (ProcessEntry.TryRead($"/proc/{root}") is { } first) found.Add(first);
        for (var i = 0; i < found.Count; i++) found.AddRange(children[found[i].Id]);
        return found;
    }

    static long Kilobytes(string file, string name) => File.ReadLines(file)
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));

    /// <param name="Ticks">User and system time.</param>
    sealed record ProcessEntry(int Id, int Parent, long Ticks)
    {
        /// <returns>Null when it has gone.</returns>
        public static ProcessEntry? TryRead(string directory)
        {
            try
            {
                var text = File.ReadAllText(directory + "/stat");
                // The name, in brackets, may hold anything; proc(5) counts the fields from 1, and these begin with the third.
                var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
                return new ProcessEntry(Number(Path.GetFileName(directory)), Number(fields[4 - 3]), Number(fields[14 - 3]) + Number(fields[15 - 3]));
            }
            catch (IOException)
            {
                return null;
            }
        }

        static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }
}
