using Lambray.Functions.ExecutionEnvironments;

namespace Lambray.Server.Environments;

/// <summary>Says that a connection came through an execution environment's own socket, and what it wanted there.</summary>
/// <remarks>The kernel vouches for it: nobody outside the environment's network namespace can reach that socket.</remarks>
public sealed record EnvironmentConnection(ExecutionEnvironment Environment, EnvironmentDoor Door);
