using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Lambray.DotNetRuntime;

/// <summary>A blocking TCP socket straight from the C library: to load .NET's own takes longer than all the rest of the runtime.</summary>
sealed partial class TcpSocket : IDisposable
{
    const int InternetFamily = 2;
    const int StreamAndCloseOnExec = 1 | 0x80000;
    const int TcpLevel = 6;
    const int NoDelay = 1;
    const int NoSignal = 0x4000;
    const int Interrupted = 4;

    const int InternetAddressLength = 16;

    readonly int descriptor;

    /// <param name="address">An IPv4 address in its usual form.</param>
    public TcpSocket(string address, int port)
    {
        descriptor = Checked(Open(InternetFamily, StreamAndCloseOnExec, 0));
        var endPoint = new InternetAddress
        {
            Family = InternetFamily,
            Port = BinaryPrimitives.ReverseEndianness((ushort)port),
            Address = InNetworkOrder(address),
        };
        if (Connect(descriptor, in endPoint, InternetAddressLength) != 0) throw Failed("connect");
        var yes = 1;
        Checked(SetOption(descriptor, TcpLevel, NoDelay, in yes, sizeof(int)));
    }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var sent = Send(descriptor, bytes, bytes.Length, NoSignal);
            if (sent >= 0) bytes = bytes[(int)sent..];
            else if (Marshal.GetLastPInvokeError() != Interrupted) throw Failed("send");
        }
    }

    /// <returns>How many bytes have come; 0 at the end.</returns>
    public int Receive(Span<byte> into)
    {
        while (true)
        {
            var received = Receive(descriptor, into, into.Length, 0);
            if (received >= 0) return (int)received;
            if (Marshal.GetLastPInvokeError() != Interrupted) throw Failed("receive");
        }
    }

    public void Dispose() => Close(descriptor);

    static uint InNetworkOrder(string address)
    {
        var parts = address.Split('.');
        if (parts.Length != 4) throw new FormatException($"'{address}' is no IPv4 address.");
        Span<byte> bytes = [(byte)Digits.Read(parts[0]), (byte)Digits.Read(parts[1]), (byte)Digits.Read(parts[2]), (byte)Digits.Read(parts[3])];
        return MemoryMarshal.Read<uint>(bytes);
    }

    static int Checked(int result) => result >= 0 ? result : throw Failed("open");

    static IOException Failed(string verb) => new($"The socket did not {verb}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Open(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static partial int Connect(int socket, in InternetAddress address, int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(int socket, int level, int option, in int value, int length);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(int socket, ReadOnlySpan<byte> bytes, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(int socket, Span<byte> into, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial void Close(int socket);

    // struct sockaddr_in; port and address have the most significant byte first.
    [StructLayout(LayoutKind.Sequential, Size = InternetAddressLength)]
    struct InternetAddress
    {
        public ushort Family;
        public ushort Port;
        public uint Address;
    }
}
