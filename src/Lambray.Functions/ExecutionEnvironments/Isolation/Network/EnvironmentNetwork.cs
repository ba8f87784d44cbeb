using System.ComponentModel;
using System.Net.Sockets;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation.Network;

/// <summary>What one environment is connected to: our sockets, and the outside if it may.</summary>
/// <param name="Namespace">Null for the host's own.</param>
/// <param name="Outside">What runs for its way out.</param>
sealed record EnvironmentNetwork(EnvironmentSockets Sockets, NetworkNamespace? Namespace, IDisposable? Outside) : IDisposable
{
    public static EnvironmentNetwork OnHost() => new(EnvironmentSockets.OnHost(), null, null);

    /// <summary>Makes a socket with which this process connects to what listens in the environment.</summary>
    /// <exception cref="Win32Exception">The environment has ended.</exception>
    public Socket OpenSocket()
    {
        if (Namespace is null) return NewSocket();
        Socket? socket = null;
        Exception? failure = null;
        // A thread of its own, which ends in there.
        var inside = new Thread(() =>
        {
            try
            {
                Namespace.Enter();
                socket = NewSocket();
            }
            catch (Exception error) when (error is Win32Exception or ObjectDisposedException)
            {
                failure = error;
            }
        });
        inside.Start();
        inside.Join();
        return socket ?? throw new Win32Exception("The environment's network is gone.", failure);
    }

    /// <summary>The kernel removes the namespace with the last of its sockets and processes.</summary>
    public void Dispose()
    {
        Sockets.Dispose();
        Namespace?.Dispose();
        Outside?.Dispose();
    }

    static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
}
