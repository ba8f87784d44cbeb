namespace Lambray.Tracing.TraceStore;

/// <summary>The cells of one length that begin in a stretch of time.</summary>
/// <param name="From">Seconds since 1970.</param>
/// <param name="To">Not part of the range.</param>
public readonly record struct CellRange(CellLength Length, long From, long To);
