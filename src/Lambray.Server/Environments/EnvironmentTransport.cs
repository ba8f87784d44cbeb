using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Lambray.Functions.ExecutionEnvironments;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Lambray.Server.Environments;

/// <summary>A Kestrel transport whose connections come from all execution environments' listening sockets.</summary>
/// <remarks>Kestrel fixes its endpoints when it starts; environments come and go. So it listens on one end point that stands for all of them.</remarks>
public sealed class EnvironmentTransport(ILoggerFactory loggers) : IConnectionListenerFactory, IConnectionListenerFactorySelector, IDisposable
{
    const int WaitingConnectionsMax = 1024;

    readonly SocketConnectionContextFactory connections = new(
        new SocketConnectionFactoryOptions { UnsafePreferInlineScheduling = true }, loggers.CreateLogger<EnvironmentTransport>());

    readonly Channel<ConnectionContext> accepted = Channel.CreateBounded<ConnectionContext>(WaitingConnectionsMax);

    public bool CanBind(EndPoint endpoint) => endpoint is EnvironmentEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new(new Listener(endpoint, accepted));

    public void Dispose() => connections.Dispose();

    /// <summary>Accepts connections until the socket is closed.</summary>
    public async Task AcceptAsync(Socket listening, EnvironmentTenancy tenancy, EnvironmentDoor door)
    {
        try
        {
            while (true)
            {
                var socket = await listening.AcceptAsync();
                socket.NoDelay = true;
                var connection = connections.Create(socket);
                connection.Features.Set(new EnvironmentConnection(tenancy, door));
                await accepted.Writer.WriteAsync(connection);
            }
        }
        // The environment has ended, or the server stops listening.
        catch (Exception error) when (error is SocketException or ObjectDisposedException or ChannelClosedException)
        {
        }
    }

    sealed class Listener(EndPoint endpoint, Channel<ConnectionContext> accepted) : IConnectionListener
    {
        public EndPoint EndPoint => endpoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            await accepted.Reader.WaitToReadAsync(cancellationToken) && accepted.Reader.TryRead(out var connection) ? connection : null;

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            accepted.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}

/// <summary>The one end point that stands for the sockets of all execution environments.</summary>
public sealed class EnvironmentEndPoint : EndPoint
{
    public override string ToString() => "execution environments";
}
