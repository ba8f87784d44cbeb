namespace Lambray.Tracing;

/// <summary>How far traces follow a cause through services at which AWS's own traces end or only link: from a bucket to a queue, through a queue to a function.</summary>
/// <param name="IsFull">False shows what AWS shows; true goes on with the trace wherever one cause has one effect, and shows the service between as a segment.</param>
public sealed record CausalChain(bool IsFull);
