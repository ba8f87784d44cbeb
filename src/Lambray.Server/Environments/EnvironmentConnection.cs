using Lambray.Functions.ExecutionEnvironments;

namespace Lambray.Server.Environments;

/// <summary>Says that a connection came through an execution environment's own socket, and what it wanted there.</summary>
/// <remarks>The kernel vouches for it: nobody outside the environment's network namespace can reach that socket.</remarks>
public sealed record EnvironmentConnection(EnvironmentTenancy Tenancy, EnvironmentDoor Door)
{
    ExecutionEnvironment? environment;

    /// <summary>Who spoke first on this connection: what a process sent before it crashed is not said by the one in its place.</summary>
    /// <exception cref="InvalidOperationException">A pre-started runtime speaks that has no function yet.</exception>
    public ExecutionEnvironment Environment => environment ??= Tenancy.Environment ?? throw new InvalidOperationException("This runtime has no function yet.");
}
