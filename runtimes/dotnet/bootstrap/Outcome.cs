namespace Lambray.DotNetRuntime;

/// <summary>How one run of the handler ended.</summary>
/// <param name="Error">Null when the handler succeeded.</param>
readonly record struct Outcome(ArraySegment<byte> Response, ErrorReport? Error);
