using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Lambray.Functions.ExecutionEnvironments.Linux;

/// <summary>A network of its own, at first with nothing but a loopback interface.</summary>
/// <remarks>It lives as long as a socket, a process, a thread or this handle is in it; there is nothing to remove afterwards.</remarks>
sealed class NetworkNamespace : IDisposable
{
    const nuint SetInterfaceFlags = 0x8914;
    const short Up = 0x1;
    const string OfThisThread = "/proc/thread-self/ns/net";

    NetworkNamespace(SafeFileHandle handle) => Handle = handle;

    public SafeFileHandle Handle { get; }

    /// <summary>The one that the calling thread is in.</summary>
    public static NetworkNamespace Current() => new(File.OpenHandle(OfThisThread));

    /// <summary>Makes one and takes the calling thread into it.</summary>
    public static NetworkNamespace EnterNew()
    {
        Check(LibC.Unshare(LibC.CloneNewNet), "No network namespace could be made");
        using var control = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var request = new LibC.InterfaceRequest { Flags = Up };
        Encoding.ASCII.GetBytes("lo", request.Name);
        Check(LibC.IoControl((int)control.Handle, SetInterfaceFlags, ref request), "The loopback interface of an environment could not be brought up");
        return Current();
    }

    /// <summary>Takes the calling thread into it.</summary>
    public void Enter() => Check(LibC.SetNamespace((int)Handle.DangerousGetHandle(), LibC.CloneNewNet), "A network namespace could not be entered");

    public void Dispose() => Handle.Dispose();

    static void Check(int result, string what)
    {
        if (result != 0) throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{what}: {Marshal.GetLastPInvokeErrorMessage()}");
    }
}
