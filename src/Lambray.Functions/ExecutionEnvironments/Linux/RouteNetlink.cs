using System.Buffers.Binary;
using System.ComponentModel;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Lambray.Functions.ExecutionEnvironments.Linux;

/// <summary>Makes interfaces, addresses and routes by asking the kernel (<c>man 7 rtnetlink</c>), in the namespace of the thread that opened it.</summary>
/// <remarks>The program <c>ip</c> does the same, for a millisecond and more each time.</remarks>
sealed class RouteNetlink : IDisposable
{
    const int FamilyNetlink = 16;
    const int RawCloseOnExec = 3 | 0x80000;
    const int AnswerBytesMax = 8192;
    const int HeaderBytes = 16;
    const ushort ErrorMessage = 2;
    const ushort NewLink = 16;
    const ushort NewAddress = 20;
    const ushort NewRoute = 24;
    const ushort Acknowledged = 1 | 4;
    const ushort Create = 0x600;
    const byte Ipv4 = 2;
    const byte Ipv6 = 10;
    const uint InterfaceUp = 1;

    readonly SafeFileHandle socket;
    readonly byte[] answer = new byte[AnswerBytesMax];
    readonly Message message = new();

    RouteNetlink(SafeFileHandle socket) => this.socket = socket;

    public static RouteNetlink Open()
    {
        var descriptor = LibC.Socket(FamilyNetlink, RawCloseOnExec, 0);
        return descriptor >= 0 ? new RouteNetlink(new SafeFileHandle(descriptor, ownsHandle: true)) : throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Makes two interfaces joined by a cable: one here and up, the other in another namespace and still down.</summary>
    public void AddCable(LinkEnd here, LinkEnd there, SafeFileHandle thereNamespace)
    {
        message.Begin(NewLink, Acknowledged | Create);
        message.Add(Link(here.Index, InterfaceUp));
        message.Add(LinkAttribute.Name, here.Name);
        using (message.Nest(LinkAttribute.Info))
        {
            message.Add(LinkInfo.Kind, "veth");
            using (message.Nest(LinkInfo.Settings))
            using (message.Nest(LinkInfo.VethPeer))
            {
                message.Add(Link(there.Index, 0));
                message.Add(LinkAttribute.Name, there.Name);
                message.Add(LinkAttribute.NamespaceDescriptor, (uint)thereNamespace.DangerousGetHandle());
            }
        }
        Ask();
    }

    /// <summary>Switches an interface on, without the IPv6 address that it would give itself.</summary>
    public void SwitchOnWithoutIpv6(int index)
    {
        const byte None = 1;
        message.Begin(NewLink, Acknowledged);
        message.Add(Link(index, 0));
        using (message.Nest(LinkAttribute.AddressFamilies))
        using (message.Nest(Ipv6))
            message.Add(AddressAttribute.Ipv6Generation, [None]);
        Ask();
        message.Begin(NewLink, Acknowledged);
        message.Add(Link(index, InterfaceUp));
        Ask();
    }

    public void AddAddress(int index, IPAddress address, byte prefixLength)
    {
        message.Begin(NewAddress, Acknowledged | Create);
        Span<byte> header = [Ipv4, prefixLength, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], index);
        message.Add(header);
        message.Add(AddressAttribute.Local, address.GetAddressBytes());
        Ask();
    }

    public void AddDefaultRoute(IPAddress gateway)
    {
        message.Begin(NewRoute, Acknowledged | Create);
        message.Add(Route(prefixLength: 0, RouteType.Unicast));
        message.Add(RouteAttribute.Gateway, gateway.GetAddressBytes());
        Ask();
    }

    /// <summary>Makes everything in a network unreachable.</summary>
    public void AddBarrier(IPAddress network, byte prefixLength)
    {
        message.Begin(NewRoute, Acknowledged | Create);
        message.Add(Route(prefixLength, RouteType.Unreachable));
        message.Add(RouteAttribute.Destination, network.GetAddressBytes());
        Ask();
    }

    public void Dispose() => socket.Dispose();

    // struct ifinfomsg
    static byte[] Link(int index, uint flags)
    {
        var header = new byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), index);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), flags);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(12), flags);
        return header;
    }

    // struct rtmsg, in the main table
    static byte[] Route(byte prefixLength, RouteType type)
    {
        const byte MainTable = 254;
        const byte SetUpStatically = 4;
        return [Ipv4, prefixLength, 0, 0, MainTable, SetUpStatically, 0, (byte)type, 0, 0, 0, 0];
    }

    void Ask()
    {
        var request = message.End();
        var descriptor = (int)socket.DangerousGetHandle();
        if (LibC.Send(descriptor, request, (nuint)request.Length, 0) != request.Length) throw new Win32Exception(Marshal.GetLastPInvokeError());
        if (LibC.Receive(descriptor, answer, (nuint)answer.Length, 0) < HeaderBytes + sizeof(int)) throw new Win32Exception(Marshal.GetLastPInvokeError());
        var error = BinaryPrimitives.ReadInt32LittleEndian(answer.AsSpan(HeaderBytes));
        if (BinaryPrimitives.ReadUInt16LittleEndian(answer.AsSpan(4)) == ErrorMessage && error != 0) throw new Win32Exception(-error);
    }

    enum RouteType : byte
    {
        Unicast = 1,
        Unreachable = 7,
    }

    // Each kind of message, and each attribute that holds others, numbers its own attributes.
    static class LinkAttribute
    {
        public const ushort Name = 3;
        public const ushort Info = 18;
        public const ushort AddressFamilies = 26;
        public const ushort NamespaceDescriptor = 28;
    }

    static class LinkInfo
    {
        public const ushort Kind = 1;
        public const ushort Settings = 2;
        public const ushort VethPeer = 1;
    }

    static class AddressAttribute
    {
        public const ushort Local = 2;
        public const ushort Ipv6Generation = 8;
    }

    static class RouteAttribute
    {
        public const ushort Destination = 1;
        public const ushort Gateway = 5;
    }

    /// <summary>A request as bytes: header, fixed part, then attributes, each padded to four bytes.</summary>
    sealed class Message
    {
        const int BytesMax = 512;

        readonly byte[] bytes = new byte[BytesMax];
        int length;

        public void Begin(ushort type, ushort flags)
        {
            Array.Clear(bytes);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), type);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(6), flags);
            length = HeaderBytes;
        }

        public void Add(ReadOnlySpan<byte> part)
        {
            part.CopyTo(bytes.AsSpan(length));
            length += (part.Length + 3) & ~3;
        }

        public void Add(ushort attribute, ReadOnlySpan<byte> value)
        {
            using (Nest(attribute, value.Length)) Add(value);
        }

        public void Add(ushort attribute, string value) => Add(attribute, Encoding.ASCII.GetBytes(value + '\0'));

        public void Add(ushort attribute, uint value)
        {
            Span<byte> number = stackalloc byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(number, value);
            Add(attribute, number);
        }

        /// <summary>Begins an attribute that holds others, and ends it when the result is disposed.</summary>
        public Nesting Nest(ushort attribute, int? valueBytes = null)
        {
            var start = length;
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(start + 2), attribute);
            length += 4;
            return new Nesting(this, start, valueBytes);
        }

        public ReadOnlySpan<byte> End()
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
            return bytes.AsSpan(0, length);
        }

        public readonly struct Nesting(Message message, int start, int? valueBytes) : IDisposable
        {
            // The padding behind a value does not count to it.
            public void Dispose() => BinaryPrimitives.WriteUInt16LittleEndian(
                message.bytes.AsSpan(start), (ushort)(valueBytes is { } bytes ? bytes + 4 : message.length - start));
        }
    }
}

/// <summary>One end of a cable between two network namespaces. A number far above those that the kernel gives out need not be asked for.</summary>
readonly record struct LinkEnd(int Index, string Name);
