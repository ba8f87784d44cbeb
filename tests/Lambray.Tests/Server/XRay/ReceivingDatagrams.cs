using System.Net;
using System.Net.Sockets;
using Lambray.Server.Daemon;
using Lambray.Tests.Tracing;
using Lambray.Tracing.Intake;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Lambray.Tests.Server.XRay;

public sealed class ReceivingDatagrams : IAsyncLifetime
{
    XRayServer server = null!;

    public async ValueTask InitializeAsync() => server = await XRayServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Stores_what_sdks_send_to_the_server_s_port()
    {
        using var sdk = new UdpClient();
        foreach (var name in SamplePackets.Names) sdk.Send(SamplePackets.Packet(name), server.Daemon.Address);
        sdk.Send("no packet"u8, server.Daemon.Address);

        var packets = SamplePackets.Names.Count;
        await Until(counts => counts == new IntakeCounts(Received: packets + 1, Accepted: packets, Rejected: 1, Dropped: 0));
    }

    [Fact]
    public async Task Stores_what_an_environment_sent_before_its_end()
    {
        using var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var sdk = new UdpClient();
        await using (DaemonReceiver.Start(udp, server.Intake, new KernelDrops(), () => null))
            foreach (var name in SamplePackets.Names) sdk.Send(SamplePackets.Packet(name), (IPEndPoint)udp.LocalEndPoint!);

        await Until(counts => counts.Accepted == SamplePackets.Names.Count);
    }

    [Fact]
    public void Counts_what_the_kernel_had_no_room_for()
    {
        const int Sent = 200;
        using var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        udp.ReceiveBufferSize = 8 * 1024;
        var drops = new KernelDrops();
        drops.Watch(udp);
        using var sdk = new UdpClient();
        for (var i = 0; i < Sent; i++) sdk.Send(new byte[1000], (IPEndPoint)udp.LocalEndPoint!);

        var taken = 0;
        for (var buffer = new byte[DaemonReceiver.DatagramBytesMax]; udp.Available > 0; taken++) udp.Receive(buffer);

        Assert.InRange(taken, 1, Sent - 1);
        Assert.Equal(Sent - taken, drops.Count);
        drops.Close(udp);
        Assert.Equal(Sent - taken, drops.Count);
    }

    [Fact]
    public async Task Says_that_its_port_is_in_use()
    {
        using var second = new DaemonListener(server.Daemon.Address, server.Intake, new KernelDrops(), NullLogger<DaemonListener>.Instance);

        var error = await Assert.ThrowsAsync<SocketException>(() => second.StartAsync(CancellationToken.None));
        Assert.Equal(SocketError.AddressAlreadyInUse, error.SocketErrorCode);
    }

    Task Until(Func<IntakeCounts, bool> reached) => Eventually.HoldsAsync(() => Task.FromResult(reached(server.Intake.Counts)), () => $"{server.Intake.Counts}");
}
