using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation.Network;

/// <summary>What one environment is connected to: our sockets, and the outside if it may.</summary>
/// <param name="Namespace">Null for the host's own.</param>
/// <param name="Outside">What runs for its way out.</param>
sealed record EnvironmentNetwork(EnvironmentSockets Sockets, NetworkNamespace? Namespace, IDisposable? Outside) : IDisposable
{
    public static EnvironmentNetwork OnHost() => new(EnvironmentSockets.OnHost(), null, null);

    /// <summary>The kernel removes the namespace with the last of its sockets and processes.</summary>
    public void Dispose()
    {
        Sockets.Dispose();
        Namespace?.Dispose();
        Outside?.Dispose();
    }
}
