using System.Collections.Concurrent;
using System.ComponentModel;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lambray.Functions.ExecutionEnvironments.Linux;

/// <summary>A process that we started and reap ourselves, its standard output and error joined on one socket.</summary>
/// <remarks>
/// Not <c>System.Diagnostics.Process</c>: a child must be born by the calling thread (it inherits that thread's network
/// namespace), and its output must be a socket, so that it can be read to its last byte without guessing when it is empty.
/// </remarks>
sealed class ChildProcess
{
    /// <summary>Where a program finds the file that it is given.</summary>
    public const string GivenPath = "/proc/self/fd/3";

    const int GivenDescriptor = 3;
    const int UnixDomain = 1;
    const int StreamCloseOnExec = 1 | 0x80000;
    const short SetSignalMaskAndDefaults = 0x08 | 0x04;
    const short NewSession = 0x80;
    const int OpaqueStructBytes = 512;

    static readonly ConcurrentDictionary<int, ChildProcess> Living = [];
    static readonly PosixSignalRegistration Reaping = PosixSignalRegistration.Create(PosixSignal.SIGCHLD, _ => ReapEnded());

    readonly TaskCompletionSource<ExitStatus> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    ChildProcess(int pid, Socket output, IReadOnlyList<Socket> further) => (Pid, Output, Further) = (pid, output, further);

    public int Pid { get; }

    /// <summary>What the process writes to its standard output and error, in the order written.</summary>
    public Socket Output { get; }

    /// <summary>Our ends of the further sockets that it was given.</summary>
    public IReadOnlyList<Socket> Further { get; }

    public Task<ExitStatus> Exited => exited.Task;

    /// <summary>Starts a program with exactly these arguments and environment variables.</summary>
    /// <param name="furtherDescriptors">Where it gets sockets beside its standard output; without one at 0 it can read nothing.</param>
    /// <param name="given">An open file for it, at <see cref="GivenPath"/>.</param>
    /// <exception cref="Win32Exception">The program could not be started.</exception>
    public static ChildProcess Start(
        string program, IReadOnlyList<string> arguments, IEnumerable<KeyValuePair<string, string>> environment,
        IReadOnlyList<int>? furtherDescriptors = null, SafeFileHandle? given = null)
    {
        GC.KeepAlive(Reaping);
        var ours = new List<Socket>();
        var theirs = new List<int>();
        try
        {
            IReadOnlyList<int> further = furtherDescriptors ?? [];
            for (var i = 0; i <= further.Count; i++) AddPair(ours, theirs);
            var child = new ChildProcess(Spawn(program, arguments, environment, theirs, further, given), ours[0], ours[1..]);
            Living[child.Pid] = child;
            // It may have ended before it was listed, and its signal is gone by then.
            child.TryReap();
            return child;
        }
        catch
        {
            ours.ForEach(socket => socket.Dispose());
            throw;
        }
        finally
        {
            theirs.ForEach(descriptor => LibC.Close(descriptor));
        }
    }

    /// <summary>Sends a signal to this process alone.</summary>
    public void Signal(int signal)
    {
        lock (exited)
        {
            if (!exited.Task.IsCompleted) _ = LibC.Kill(Pid, signal);
        }
    }

    /// <summary>Sends a signal to the process and all of its session, unless it was reaped and its id may belong to another.</summary>
    public void SignalAll(int signal)
    {
        lock (exited)
        {
            if (!exited.Task.IsCompleted) _ = LibC.Kill(-Pid, signal);
        }
    }

    /// <summary>Sends a signal to the processes that this one has started; false when there are none.</summary>
    public bool SignalChildren(int signal)
    {
        lock (exited)
        {
            var children = Children();
            foreach (var child in children) _ = LibC.Kill(child, signal);
            return children.Length > 0;
        }
    }

    /// <summary>Does something to each process that its children have started, by its id.</summary>
    public void ForEachGrandchild(Action<int> act)
    {
        lock (exited)
        {
            foreach (var grandchild in Children().SelectMany(ChildrenOf)) act(grandchild);
        }
    }

    /// <summary>The id of a process that this one has started and that still runs.</summary>
    public int? FindFirstChild()
    {
        lock (exited) return Children() is [var first, ..] ? first : null;
    }

    /// <summary>Sends a signal to the process and everything that descends from it and has not been left to others.</summary>
    public void SignalTree(int signal)
    {
        lock (exited)
        {
            if (!exited.Task.IsCompleted) SignalTree(Pid, signal);
        }
    }

    // Once it has been reaped its id may belong to another.
    int[] Children() => exited.Task.IsCompleted ? [] : ChildrenOf(Pid);

    // Parents first, so that one that is stopped starts no more.
    static void SignalTree(int pid, int signal)
    {
        _ = LibC.Kill(pid, signal);
        foreach (var child in ChildrenOf(pid)) SignalTree(child, signal);
    }

    // Each thread has children of its own.
    static int[] ChildrenOf(int pid)
    {
        try
        {
            return [.. Directory.EnumerateDirectories($"/proc/{pid}/task")
                .SelectMany(thread => File.ReadAllText(thread + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(child => int.Parse(child, CultureInfo.InvariantCulture))];
        }
        // It is ending, or this kernel does not tell.
        catch (IOException)
        {
            return [];
        }
    }

    static void AddPair(List<Socket> ours, List<int> theirs)
    {
        Span<int> pair = stackalloc int[2];
        if (LibC.SocketPair(UnixDomain, StreamCloseOnExec, 0, pair) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        ours.Add(new Socket(new SafeSocketHandle(pair[0], ownsHandle: true)));
        theirs.Add(pair[1]);
    }

    static unsafe int Spawn(
        string program, IReadOnlyList<string> arguments, IEnumerable<KeyValuePair<string, string>> environment,
        List<int> sockets, IReadOnlyList<int> furtherDescriptors, SafeFileHandle? given)
    {
        var memory = stackalloc byte[OpaqueStructBytes * 3];
        var (actions, attributes, signals) = ((nint)memory, (nint)memory + OpaqueStructBytes, (nint)memory + (2 * OpaqueStructBytes));
        _ = LibC.InitFileActions(actions);
        _ = LibC.InitAttributes(attributes);
        try
        {
            _ = LibC.AddOpen(actions, 0, "/dev/null", 0, 0);
            _ = LibC.AddDuplicate(actions, sockets[0], 1);
            _ = LibC.AddDuplicate(actions, sockets[0], 2);
            // Ours have higher numbers than these: a .NET process opened its first files long ago.
            foreach (var (socket, descriptor) in sockets.Skip(1).Zip(furtherDescriptors)) _ = LibC.AddDuplicate(actions, socket, descriptor);
            if (given is not null) _ = LibC.AddDuplicate(actions, (int)given.DangerousGetHandle(), GivenDescriptor);
            // .NET blocks and ignores signals for itself; a function starts with a clean slate.
            _ = LibC.EmptySignalSet(signals);
            _ = LibC.SetSignalMask(attributes, signals);
            _ = LibC.FillSignalSet(signals);
            _ = LibC.SetSignalDefaults(attributes, signals);
            _ = LibC.SetFlags(attributes, SetSignalMaskAndDefaults | NewSession);
            var error = LibC.Spawn(out var pid, program, actions, attributes,
                [program, .. arguments, null], [.. environment.Select(variable => $"{variable.Key}={variable.Value}"), null]);
            return error == 0 ? pid : throw new Win32Exception(error);
        }
        finally
        {
            _ = LibC.DestroyFileActions(actions);
            _ = LibC.DestroyAttributes(attributes);
        }
    }

    static void ReapEnded()
    {
        foreach (var child in Living.Values) child.TryReap();
    }

    void TryReap()
    {
        lock (exited)
        {
            if (exited.Task.IsCompleted || LibC.WaitPid(Pid, out var status, LibC.WaitNoHang) != Pid) return;
            Living.TryRemove(Pid, out _);
            // What it started and left behind in its session goes with it.
            _ = LibC.Kill(-Pid, LibC.SigKill);
            exited.SetResult(ExitStatus.FromWait(status));
        }
    }
}
