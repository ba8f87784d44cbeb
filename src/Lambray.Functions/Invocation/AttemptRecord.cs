namespace Lambray.Functions.Invocation;

/// <summary>What was measured of one attempt to run a function; the segments and the REPORT line are written from it.</summary>
/// <remarks>
/// <code>
/// cold   Started ── init ──┐
///                     HandedOver ── handler ── Answered ── overhead ── Finished
/// warm   Started ──────────┘
/// </code>
/// </remarks>
public sealed record AttemptRecord
{
    /// <summary>When the attempt began to look for an environment.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>
    /// The init phases of this attempt: none when warm, two when the first failed and was done again; one inside the invoke phase after a
    /// crash; and one that was done ahead, if nobody has told of it yet.
    /// </summary>
    public required IReadOnlyList<InitPhase> Inits { get; init; }

    /// <summary>When the invoke phase began: the runtime had the event, or an init phase was done again inside it.</summary>
    public required DateTimeOffset InvokeStarted { get; init; }

    public required DateTimeOffset Answered { get; init; }

    public FunctionFailure? Failure { get; init; }

    /// <summary>How long init took, when it went well and lay before the invocation.</summary>
    public TimeSpan? InitDuration => Inits is [{ Failure: null, InInvoke: false, Ahead: false } init] ? init.Duration : null;

    /// <summary>Whether the runtime ever had the event; it has not when no init phase succeeded.</summary>
    public required bool HandedOver { get; init; }
}

/// <param name="Failure">Why it failed; null when the runtime was ready at its end.</param>
/// <param name="Ahead">Whether it was done for provisioned concurrency, perhaps long before.</param>
/// <param name="InInvoke">Whether it was done again inside the invoke phase, of which it is a part then.</param>
public sealed record InitPhase(DateTimeOffset Started, DateTimeOffset Ended, FunctionFailure? Failure, bool InInvoke = false, bool Ahead = false)
{
    public TimeSpan Duration => Ended - Started;
}
