using System.Net;
using System.Net.Sockets;

namespace Lambray.Functions.ExecutionEnvironments.Isolation.Network;

/// <summary>Carries connections from a port inside an environment to the same port of the host's loopback, for services that the configuration opens.</summary>
static class HostPorts
{
    const int ConnectionsMax = 256;
    const int BufferBytes = 64 * 1024;

    /// <summary>Carries until the socket is closed.</summary>
    /// <param name="listening">Made in the environment's network.</param>
    public static async Task CarryAsync(Socket listening)
    {
        var port = ((IPEndPoint)listening.LocalEndPoint!).Port;
        var free = new SemaphoreSlim(ConnectionsMax);
        try
        {
            while (true)
            {
                await free.WaitAsync();
                _ = CarryAsync(await listening.AcceptAsync(), port, free);
            }
        }
        // The environment has ended.
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
        }
    }

    static async Task CarryAsync(Socket inside, int port, SemaphoreSlim free)
    {
        using var host = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            inside.NoDelay = true;
            await host.ConnectAsync(IPAddress.Loopback, port);
            await Task.WhenAll(CopyAsync(inside, host), CopyAsync(host, inside));
        }
        // Nobody listens there: closing the inside tells it.
        catch (SocketException)
        {
        }
        finally
        {
            inside.Dispose();
            free.Release();
        }
    }

    static async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var read)
                for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
            to.Shutdown(SocketShutdown.Send);
        }
        // One side broke off, and so does the other.
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
