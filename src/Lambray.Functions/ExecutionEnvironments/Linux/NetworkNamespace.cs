using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Lambray.Functions.ExecutionEnvironments.Linux;

/// <summary>Gives the calling thread an empty network of its own, with nothing but a loopback interface.</summary>
/// <remarks>The namespace lives as long as a socket or a process in it does; there is nothing to remove afterwards.</remarks>
static class NetworkNamespace
{
    const nuint SetInterfaceFlags = 0x8914;
    const short Up = 0x1;

    public static void Enter()
    {
        if (LibC.Unshare(LibC.CloneNewNet) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError(), "No network namespace could be made");
        using var control = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var request = new LibC.InterfaceRequest { Flags = Up };
        Encoding.ASCII.GetBytes("lo", request.Name);
        if (LibC.IoControl((int)control.Handle, SetInterfaceFlags, ref request) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "The loopback interface of an environment could not be brought up");
    }
}
