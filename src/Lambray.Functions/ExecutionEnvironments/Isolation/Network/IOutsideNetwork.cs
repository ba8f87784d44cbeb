using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation.Network;

/// <summary>How environments reach what is outside this machine, and nothing on it.</summary>
interface IOutsideNetwork : IDisposable
{
    /// <summary>For the line that the server prints when it starts.</summary>
    string Description { get; }

    /// <summary>The text of their <c>/etc/resolv.conf</c>.</summary>
    string ResolverConfiguration { get; }

    /// <summary>Connects a namespace; the calling thread is in it. Disposing the result ends what runs for it.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The kernel refused.</exception>
    /// <exception cref="IOException">It does not come up.</exception>
    IDisposable Connect(NetworkNamespace network);
}

/// <summary>No way out.</summary>
/// <param name="why">Why not, when it is not by configuration.</param>
sealed class NoOutsideNetwork(string? why = null) : IOutsideNetwork
{
    public string Description => why is null ? "network closed" : $"network closed, as {why}";

    public string ResolverConfiguration => "";

    public IDisposable Connect(NetworkNamespace network) => Nothing.Instance;

    public void Dispose()
    {
    }

    sealed class Nothing : IDisposable
    {
        public static readonly Nothing Instance = new();

        public void Dispose()
        {
        }
    }
}
