namespace Lambray.Server.AwsFront.Cbor;

/// <summary>How a protocol writes in CBOR what JSON has no words for.</summary>
/// <param name="TimeNames">Members of answers whose numbers are times.</param>
/// <param name="BlobNames">Members of answers whose texts are bytes in Base64.</param>
/// <param name="IsOfAws">AWS's own CBOR, older than Smithy's: times in whole milliseconds, whole numbers as such.</param>
sealed record CborForm(IReadOnlySet<string> TimeNames, IReadOnlySet<string> BlobNames, bool IsOfAws);
