using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Extensions;

/// <summary>Where an extension stands; the names are those of Lambda's log lines.</summary>
public enum ExtensionState
{
    Started,
    Registered,

    /// <summary>It waits for its next event.</summary>
    Ready,

    /// <summary>It works on an event.</summary>
    Running,
    InitError,
    ExitError,
    LaunchError,
    Exited,
}

/// <summary>One extension of an environment: a process of its own (external), or a part of the runtime's (internal).</summary>
sealed class Extension(string name, bool isExternal)
{
    TaskCompletionSource<ExtensionEvent>? waiting;

    public string Name => name;

    public bool IsExternal => isExternal;

    /// <summary>By which it is known after it has registered.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    public ExtensionState State { get; private set; } = ExtensionState.Started;

    public IReadOnlyList<ExtensionEventType> Events { get; private set; } = [];

    public IEnumerable<string> EventNames => Events.Select(type => type.ToString().ToUpperInvariant());

    /// <summary>What it reported, or what its end was called.</summary>
    public string? ErrorType { get; private set; }

    public bool IsRegistered => State is not (ExtensionState.Started or ExtensionState.LaunchError);

    public bool IsAtWork => State is not (ExtensionState.Ready or ExtensionState.Exited);

    public bool HasFailed => State is ExtensionState.InitError or ExtensionState.ExitError or ExtensionState.LaunchError;

    /// <summary>As Lambda writes it into the log when the init phase ends.</summary>
    public string LogLine =>
        $"EXTENSION\tName: {name}\tState: {State}\tEvents: [{string.Join(", ", EventNames)}]" + (ErrorType is null ? "" : $"\tError Type: {ErrorType}");

    public void Register(IReadOnlyList<ExtensionEventType> events) => (State, Events) = (ExtensionState.Registered, events);

    /// <summary>It asks for its next event. A second question takes the place of one whose connection was lost.</summary>
    public Task<ExtensionEvent> WaitForEvent()
    {
        State = ExtensionState.Ready;
        waiting?.TrySetCanceled();
        waiting = new TaskCompletionSource<ExtensionEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
        return waiting.Task;
    }

    /// <summary>Gives it an event if it has asked for events of this kind and waits for one.</summary>
    public bool TryGive(ExtensionEventType type, ExtensionEvent next)
    {
        if (State != ExtensionState.Ready || !Events.Contains(type)) return false;
        State = ExtensionState.Running;
        return waiting!.TrySetResult(next);
    }

    public void Fail(ExtensionState state, string errorType) => (State, ErrorType) = (state, errorType);

    /// <summary>Its process has ended, as it should when the environment shuts down.</summary>
    public void Exit() => State = ExtensionState.Exited;

    public void Abandon() => waiting?.TrySetCanceled();
}

/// <summary>An extension that failed, and the environment with it.</summary>
/// <param name="Status">How its process ended; null for an internal extension.</param>
public sealed record ExtensionFailure(string ErrorType, ExitStatus? Status)
{
    /// <summary>AWS's words for it, behind "RequestId: … Error: ".</summary>
    public string Message => Status is null or { Code: 0 } ? "exit code 0" : Status.Value.ToString();
}
