namespace Lambray.Functions.ExecutionEnvironments.Isolation.Network;

/// <summary>The machine's switch for passing packets on, turned on while a server needs it.</summary>
/// <remarks>Servers share a file's lock while they need the switch. It says how the switch was before them, so that the last one, or the first after a crash, knows.</remarks>
sealed class IpForwarding : IDisposable
{
    const string Switch = "/proc/sys/net/ipv4/ip_forward";
    const string Off = "0";
    static readonly TimeSpan SharingWait = TimeSpan.FromSeconds(2);

    readonly string path;
    readonly FileStream shared;

    IpForwarding(string path, FileStream shared, bool wasOff) => (this.path, this.shared, WasOff) = (path, shared, wasOff);

    /// <summary>Whether this machine passes packets on only because of us.</summary>
    public bool WasOff { get; }

    /// <param name="directory">Where all servers of this machine keep their locks.</param>
    public static IpForwarding TurnOn(string directory)
    {
        var path = Path.Combine(directory, "forwarding");
        using (var alone = TryHoldAlone(path))
        {
            // With text in it, another server has come between.
            if (alone is { Length: 0 }) alone.Write(System.Text.Encoding.ASCII.GetBytes(File.ReadAllText(Switch).Trim()));
        }
        FileStream? opened = null;
        // Another server may be at it for a moment.
        SpinWait.SpinUntil(() => (opened = TryShare(path)) is not null, SharingWait);
        var shared = opened ?? throw new IOException($"{path} is held by another program");
        var wasOff = new StreamReader(shared).ReadToEnd() == Off;
        if (wasOff) File.WriteAllText(Switch, "1");
        return new IpForwarding(path, shared, wasOff);
    }

    /// <summary>Turns the switch back if the servers that turned it on have crashed, all of them.</summary>
    public static void Clean(string directory)
    {
        var path = Path.Combine(directory, "forwarding");
        if (File.Exists(path)) TurnBack(path);
    }

    public void Dispose()
    {
        shared.Dispose();
        TurnBack(path);
    }

    static void TurnBack(string path)
    {
        using var alone = TryHoldAlone(path);
        if (alone is null) return;
        if (new StreamReader(alone).ReadToEnd() == Off) File.WriteAllText(Switch, Off);
        alone.SetLength(0);
    }

    static FileStream? TryShare(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (IOException)
        {
            return null;
        }
    }

    static FileStream? TryHoldAlone(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        // Another server needs the switch too.
        catch (IOException)
        {
            return null;
        }
    }
}
