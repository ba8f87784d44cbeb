using System.Net;
using System.Net.Sockets;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>What a connection from an execution environment wants.</summary>
public enum EnvironmentDoor
{
    RuntimeApi,
    XRayDaemon,
    AwsEndpoint,
}

/// <summary>The sockets that one execution environment talks to; whoever speaks on them is that environment.</summary>
/// <remarks>
/// A socket belongs to the network namespace it was made in, so in a sandbox these are loopback addresses nobody else
/// can reach. Without namespaces they are ports of the host's loopback, chosen by the system.
/// </remarks>
public sealed class EnvironmentSockets : IDisposable
{
    const int RuntimeApiPort = 9001;
    const int XRayPort = 2000;
    const int PortPairTries = 20;

    /// <summary>Ports on the loopback of every environment with a network of its own.</summary>
    public static IReadOnlyList<int> OwnPorts { get; } = [RuntimeApiPort, XRayPort];

    EnvironmentSockets(Socket runtimeApi, Socket xray, Socket xrayDatagrams, Socket? awsEndpoint, IReadOnlyList<Socket> hostPorts) =>
        (RuntimeApi, XRay, XRayDatagrams, AwsEndpoint, HostPorts) = (runtimeApi, xray, xrayDatagrams, awsEndpoint, hostPorts);

    public Socket RuntimeApi { get; }

    /// <summary>The X-Ray daemon's HTTP side (sampling rules and targets).</summary>
    public Socket XRay { get; }

    /// <summary>The X-Ray daemon's UDP side, on the same port as <see cref="XRay"/>.</summary>
    public Socket XRayDatagrams { get; }

    /// <summary>The AWS services, where the environment cannot reach the server's own port; else null.</summary>
    public Socket? AwsEndpoint { get; }

    /// <summary>Services of the host's loopback that the configuration opens, where the environment cannot reach them by itself.</summary>
    public IReadOnlyList<Socket> HostPorts { get; }

    /// <summary>Makes the sockets in the calling thread's own network namespace, on the ports that AWS uses.</summary>
    /// <param name="hostPorts">The AWS services' own port leads to them in any case.</param>
    public static EnvironmentSockets InNamespace(int awsPort, IEnumerable<int> hostPorts) => new(
        Listen(RuntimeApiPort), Listen(XRayPort), Datagrams(XRayPort), Listen(awsPort), [.. hostPorts.Where(port => port != awsPort).Select(Listen)]);

    /// <summary>Makes the sockets on free ports of the host's loopback.</summary>
    public static EnvironmentSockets OnHost()
    {
        var runtimeApi = Listen(0);
        for (var tries = 1; ; tries++)
        {
            var xray = Listen(0);
            try
            {
                return new EnvironmentSockets(runtimeApi, xray, Datagrams(((IPEndPoint)xray.LocalEndPoint!).Port), awsEndpoint: null, hostPorts: []);
            }
            // The same port number may be taken for UDP by somebody else.
            catch (SocketException) when (tries < PortPairTries)
            {
                xray.Dispose();
            }
        }
    }

    public void Dispose()
    {
        RuntimeApi.Dispose();
        XRay.Dispose();
        XRayDatagrams.Dispose();
        AwsEndpoint?.Dispose();
        foreach (var socket in HostPorts) socket.Dispose();
    }

    static Socket Listen(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        socket.Listen();
        return socket;
    }

    static Socket Datagrams(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
