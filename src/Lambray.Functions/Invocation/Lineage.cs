using System.Security.Cryptography;
using System.Text;

namespace Lambray.Functions.Invocation;

/// <summary>
/// How often the functions of a chain of requests have run in it, as the trace header's <c>Lineage</c> carries it:
/// <c>Lineage=a87bd80c:0|68fd508a:5</c>, a function's hash and its count of earlier runs ("Use Lambda recursive loop
/// detection to prevent infinite loops" in the Developer Guide).
/// </summary>
/// <remarks>Counted whether a request is traced or not: SDKs pass the header on from every function.</remarks>
static class Lineage
{
    /// <summary>So many runs of a function in one chain are let through.</summary>
    public const int RunsMax = 16;

    const string Key = "Lineage=";

    // A chain goes through more functions only if it is not one that loops; the header must not grow without end.
    const int FunctionsMax = 32;
    const int HashBytes = 4;

    /// <summary>The header's further pairs as this function is to see them, itself counted in.</summary>
    public static string Enter(string extras, string functionArn)
    {
        var hash = HashOf(functionArn);
        var entries = Read(extras);
        var index = entries.FindIndex(entry => entry.Hash == hash);
        var runs = index < 0 ? 0 : entries[index].Count + 1;
        if (index >= 0) entries.RemoveAt(index);
        entries.Add((hash, runs));
        return Write(extras, entries.TakeLast(FunctionsMax));
    }

    /// <summary>How often the function had run in the chain when it was entered.</summary>
    public static int RunsBefore(string extras, string functionArn)
    {
        var hash = HashOf(functionArn);
        return Read(extras).Find(entry => entry.Hash == hash).Count;
    }

    static string HashOf(string functionArn) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(functionArn)).AsSpan(0, HashBytes));

    static List<(string? Hash, int Count)> Read(string extras)
    {
        var entries = new List<(string?, int)>();
        foreach (var pair in extras.Split(';'))
        {
            if (!pair.StartsWith(Key, StringComparison.OrdinalIgnoreCase)) continue;
            foreach (var entry in pair[Key.Length..].Split('|'))
                // Newer headers write a version before the hash.
                if (entry.Split(':') is [.., var hash, var count] && int.TryParse(count, out var runs) && runs >= 0) entries.Add((hash, runs));
        }
        return entries;
    }

    static string Write(string extras, IEnumerable<(string? Hash, int Count)> entries)
    {
        var lineage = Key + string.Join('|', entries.Select(entry => $"{entry.Hash}:{entry.Count}"));
        var others = extras.Split(';', StringSplitOptions.RemoveEmptyEntries).Where(pair => !pair.StartsWith(Key, StringComparison.OrdinalIgnoreCase));
        return string.Join(';', others.Append(lineage));
    }
}
