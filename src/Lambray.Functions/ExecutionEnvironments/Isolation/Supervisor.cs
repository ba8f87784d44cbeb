using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>Our end of the step that starts an environment's external extensions beside its runtime, and tells how each process ends.</summary>
/// <remarks>
/// The other end is the shell that has its <see cref="ShellOrders"/>, the first process of ours in the environment: it is the parent of all
/// others, so it outlives the runtime as the extensions must. It takes further orders, and says in lines what becomes of them:
/// <code>
/// started 7 NAME · ended 137 NAME      process id, status as a shell knows it; the runtime's NAME is empty
/// </code>
/// </remarks>
sealed class Supervisor
{
    const string Runtime = "";
    const int BufferBytes = 512;

    readonly Socket control;
    readonly Lock stateLock = new();
    readonly Dictionary<string, int> processes = [];
    readonly HashSet<string> remaining;
    readonly TaskCompletionSource<ExitStatus> runtimeExited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource extensionsExited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    bool isRuntimeStarted;

    public Supervisor(Socket control, IReadOnlyList<string> extensions)
    {
        (this.control, Extensions, remaining) = (control, extensions, [.. extensions]);
        if (remaining.Count == 0) extensionsExited.SetResult();
    }

    /// <summary>The names of the programs in <c>/opt/extensions</c>.</summary>
    public IReadOnlyList<string> Extensions { get; }

    public Task<ExitStatus> RuntimeExited => runtimeExited.Task;

    public Task ExtensionsExited => extensionsExited.Task;

    /// <summary>Reads what it tells until it has ended.</summary>
    /// <param name="extensionExited">Called for each extension whose process has ended.</param>
    public async Task WatchAsync(Action<string, ExitStatus> extensionExited)
    {
        using var lines = new StreamReader(new NetworkStream(control, ownsSocket: false), Encoding.UTF8, detectEncodingFromByteOrderMarks: false, BufferBytes);
        try
        {
            while (await lines.ReadLineAsync() is { } line)
                if (line.Split(' ', 3) is [var what, var number, var name]) Note(what, int.Parse(number, CultureInfo.InvariantCulture), name, extensionExited);
        }
        // The environment was ended while we waited.
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
        }
    }

    /// <summary>Lets the runtime start; only the first call counts.</summary>
    public void StartRuntime()
    {
        lock (stateLock)
        {
            if (isRuntimeStarted) return;
            isRuntimeStarted = true;
        }
        Send(ShellOrders.StartRuntime);
    }

    public void SignalRuntime(int signal) => Signal(Runtime, signal);

    /// <summary>Sends a signal to a process that has been started and has not ended.</summary>
    public void Signal(string name, int signal)
    {
        lock (stateLock)
        {
            if (processes.TryGetValue(name, out var process)) Send(ShellOrders.Signal(process, signal));
        }
    }

    void Note(string what, int number, string name, Action<string, ExitStatus> extensionExited)
    {
        if (what == "started")
        {
            lock (stateLock) processes[name] = number;
            return;
        }
        var status = new ExitStatus(number, Signal: null).Unwrapped;
        bool isLast;
        lock (stateLock)
        {
            processes.Remove(name);
            remaining.Remove(name);
            isLast = remaining.Count == 0;
        }
        if (name == Runtime) runtimeExited.TrySetResult(status);
        else extensionExited(name, status);
        if (isLast) extensionsExited.TrySetResult();
    }

    void Send(string order)
    {
        try
        {
            control.Send(Encoding.ASCII.GetBytes(order));
        }
        // It has ended, and with it all that it could be told to do.
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
        }
    }
}
