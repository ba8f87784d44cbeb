namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>What an execution environment does at one moment.</summary>
/// <param name="Since">When it began to.</param>
/// <param name="Invocations">How many it was given so far.</param>
/// <param name="MemoryBytes">What its processes use; null where the machine cannot tell.</param>
public readonly record struct EnvironmentActivity(EnvironmentState State, DateTimeOffset Since, int Invocations, long? MemoryBytes);

/// <summary>"Lambda execution environment lifecycle" in the Developer Guide, told from outside.</summary>
public enum EnvironmentState
{
    Initializing,

    /// <summary>Warm: it waits for an invocation, frozen.</summary>
    Idle,
    Invoking,
    ShuttingDown,

    /// <summary>Its processes have gone; they are started anew by the next invocation, or it is removed.</summary>
    Ended,
}
