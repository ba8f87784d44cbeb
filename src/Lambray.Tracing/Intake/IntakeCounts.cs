namespace Lambray.Tracing.Intake;

/// <summary>What came to the intake since it was opened; every document received ends as one of the other three.</summary>
/// <param name="Accepted">Stored.</param>
/// <param name="Rejected">No segment document.</param>
/// <param name="Dropped">Good or not, refused for lack of room, or lost because the store failed.</param>
public sealed record IntakeCounts(long Received, long Accepted, long Rejected, long Dropped);
