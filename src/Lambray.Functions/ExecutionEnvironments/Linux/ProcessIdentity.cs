using System.Globalization;

namespace Lambray.Functions.ExecutionEnvironments.Linux;

/// <summary>A process by its id and its start, in clock ticks since the machine's: unlike the id alone it never means another process later.</summary>
readonly record struct ProcessIdentity(int Id, long Started)
{
    // In /proc/PID/stat behind the name, which is in brackets and may hold anything.
    const int StartedField = 22 - 3;

    public static ProcessIdentity Own { get; } = Find(Environment.ProcessId) ?? throw new InvalidOperationException("/proc does not show this process.");

    public bool IsAlive => Find(Id) == this;

    /// <summary>Null when there is no such process.</summary>
    public static ProcessIdentity? Find(int id)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return new ProcessIdentity(id, long.Parse(fields[StartedField], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public static ProcessIdentity? Parse(string text) =>
        text.Split('-') is [var id, var started]
        && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && long.TryParse(started, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? new ProcessIdentity(number, ticks)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}-{Started}");
}
