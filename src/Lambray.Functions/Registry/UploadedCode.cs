namespace Lambray.Functions.Registry;

/// <summary>A zip as it came from a caller, or out of a bucket of theirs.</summary>
/// <param name="ZippedBytesMax">How large it may be: what comes from S3 is only held to what it unpacks to.</param>
public readonly record struct UploadedCode(ReadOnlyMemory<byte> Zip, long ZippedBytesMax);
