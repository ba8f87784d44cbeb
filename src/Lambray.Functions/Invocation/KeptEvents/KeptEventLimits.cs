namespace Lambray.Functions.Invocation.KeptEvents;

/// <summary>How many events are kept: of each function the newest, and altogether no more than there is room for.</summary>
/// <param name="BytesMax">On disk; what was kept first goes first. 0 keeps none.</param>
public sealed record KeptEventLimits(long BytesMax)
{
    /// <summary>A function that is invoked all day must not push out the one event of another.</summary>
    public int PerFunction { get; init; } = 100;

    /// <summary>Of one payload; larger ones would be most of the room.</summary>
    public int PayloadBytesMax { get; init; } = 256 * 1024;
}
