namespace Lambray.Bench;

/// <summary>What <c>bench/run</c> has prepared, and where results go.</summary>
/// <param name="BuiltDirectory">The folder of what it has built.</param>
/// <param name="TraceCounts">The sizes that an X-Ray store is measured at.</param>
/// <param name="IsAot">Whether the server is the one that was compiled ahead of time, where either would do.</param>
sealed record Workplace(string BuiltDirectory, IReadOnlyList<int> TraceCounts, bool IsAot, TextWriter Output)
{
    /// <summary>The server as <c>dotnet build</c> makes it; it lies beside this program.</summary>
    public static string JitServer => Path.Combine(AppContext.BaseDirectory, "lambray");

    public string AotServer => Built("aot/lambray");

    public string Server => IsAot ? AotServer : JitServer;

    public string Built(string path) => Path.Combine(BuiltDirectory, path);
}
