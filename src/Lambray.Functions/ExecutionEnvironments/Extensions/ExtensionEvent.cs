namespace Lambray.Functions.ExecutionEnvironments.Extensions;

/// <summary>What an extension's <c>next</c> call answers.</summary>
/// <param name="Deadline">When whoever has it must be done.</param>
public abstract record ExtensionEvent(DateTimeOffset Deadline)
{
    /// <param name="TraceHeader">Null when nothing is known.</param>
    public sealed record Invoke(DateTimeOffset Deadline, string RequestId, string FunctionArn, string? TraceHeader) : ExtensionEvent(Deadline);

    public sealed record Shutdown(DateTimeOffset Deadline, ShutdownReason Reason) : ExtensionEvent(Deadline);
}

/// <summary>Which events an extension may ask for.</summary>
public enum ExtensionEventType
{
    Invoke,
    Shutdown,
}

/// <summary>Why an environment ends.</summary>
public enum ShutdownReason
{
    /// <summary>It is no longer needed.</summary>
    Spindown,

    /// <summary>Its function took longer than it may.</summary>
    Timeout,

    /// <summary>Its runtime or an extension crashed.</summary>
    Failure,
}
