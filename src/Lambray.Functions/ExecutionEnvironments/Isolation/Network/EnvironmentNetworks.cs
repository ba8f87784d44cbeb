using System.ComponentModel;
using System.Net.Sockets;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation.Network;

/// <summary>Makes the networks of sandboxed environments.</summary>
sealed class EnvironmentNetworks : IDisposable
{
    readonly DedicatedThread making = new("network");
    readonly IOutsideNetwork outside;
    readonly int awsPort;
    readonly IReadOnlyList<int> hostPorts;

    // Where threads go that leave an environment's network: one that stayed would keep it alive, and only root may go back to the host's.
    NetworkNamespace? nowhere;

    // Made to see whether they can be made.
    EnvironmentNetwork? first;

    EnvironmentNetworks(IOutsideNetwork outside, int awsPort, IReadOnlyList<int> hostPorts) =>
        (this.outside, this.awsPort, this.hostPorts) = (outside, awsPort, hostPorts);

    public string Description => outside.Description;

    public string ResolverConfiguration => outside.ResolverConfiguration;

    /// <param name="outside">Owned from now on.</param>
    /// <exception cref="IOException">They cannot be made; the message says why.</exception>
    public static async Task<EnvironmentNetworks> OpenAsync(IOutsideNetwork outside, int awsPort, IReadOnlyList<int> hostPorts)
    {
        var networks = new EnvironmentNetworks(outside, awsPort, hostPorts);
        try
        {
            networks.nowhere = await networks.making.RunAsync(NetworkNamespace.EnterNew);
            networks.first = await networks.making.RunAsync(networks.Make);
            return networks;
        }
        catch (Exception error) when (error is Win32Exception or SocketException or IOException or UnauthorizedAccessException)
        {
            networks.Dispose();
            throw new IOException(error.Message, error);
        }
    }

    public async Task<EnvironmentNetwork> TakeAsync()
    {
        var network = Interlocked.Exchange(ref first, null) ?? await making.RunAsync(Make);
        foreach (var socket in network.Sockets.HostPorts) _ = HostPorts.CarryAsync(socket);
        return network;
    }

    /// <summary>Does something on the calling thread as one of the environment.</summary>
    public T Inside<T>(EnvironmentNetwork network, Func<T> action)
    {
        network.Namespace!.Enter();
        try
        {
            return action();
        }
        finally
        {
            nowhere!.Enter();
        }
    }

    public void Dispose()
    {
        making.Dispose();
        first?.Dispose();
        outside.Dispose();
        nowhere?.Dispose();
    }

    EnvironmentNetwork Make()
    {
        NetworkNamespace? own = null;
        EnvironmentSockets? sockets = null;
        try
        {
            own = NetworkNamespace.EnterNew();
            sockets = EnvironmentSockets.InNamespace(awsPort, hostPorts);
            return new EnvironmentNetwork(sockets, own, outside.Connect(own));
        }
        catch
        {
            sockets?.Dispose();
            own?.Dispose();
            throw;
        }
        finally
        {
            nowhere!.Enter();
        }
    }
}
