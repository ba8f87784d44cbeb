using Lambray.Aws;
using Lambray.Resources.S3;

namespace Lambray.Server.AwsFront.S3;

/// <summary>What a request promises of its body: Content-MD5, a checksum in a header or behind the body, and the hash that its signature covers.</summary>
sealed record ExpectedDigests(ChecksumAlgorithm? Algorithm, string? Checksum, string? TrailerName, byte[]? Md5, byte[]? Sha256)
{
    const int Md5Bytes = 16;
    const int Sha256HexDigits = 64;

    /// <summary>Whether anything is promised beside what is signed.</summary>
    public bool IsAny => Algorithm is not null || Md5 is not null;

    /// <exception cref="AwsException">InvalidDigest or InvalidRequest for values that can be no digest.</exception>
    public static ExpectedDigests Read(IHeaderDictionary headers)
    {
        var header = ChecksumHeaders.Find(headers);
        var trailer = headers["x-amz-trailer"].FirstOrDefault();
        ChecksumAlgorithm? inTrailer = trailer is null
            ? null
            : ChecksumHeaders.FindByHeader(trailer) ?? throw S3Errors.InvalidRequest("The value specified in the x-amz-trailer header is not supported");
        if (header is null && inTrailer is null && headers.ContainsKey("x-amz-sdk-checksum-algorithm"))
            throw S3Errors.InvalidRequest("x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.");
        return new ExpectedDigests(header?.Algorithm ?? inTrailer, header?.Value, inTrailer is null ? null : trailer, ReadMd5(headers), ReadSha256(headers));
    }

    /// <param name="kept">What is to stay with the object; null for what was promised, or what S3 takes by itself.</param>
    public WantedDigests Wanted(ChecksumAlgorithm? kept = null) => new(kept ?? Algorithm ?? ChecksumAlgorithm.Crc64Nvme, Algorithm, Sha256 is not null);

    /// <exception cref="AwsException">BadDigest, naming the digest that does not agree.</exception>
    public void Verify(ComputedDigests computed, IReadOnlyDictionary<string, string>? trailers = null)
    {
        if (Md5 is not null && !Md5.AsSpan().SequenceEqual(computed.Md5))
            throw new AwsException("BadDigest", 400, "The Content-MD5 you specified did not match what we received.");
        if (Sha256 is not null && !Sha256.AsSpan().SequenceEqual(computed.Sha256))
            throw new AwsException("XAmzContentSHA256Mismatch", 400, "The provided 'x-amz-content-sha256' header does not match what was computed.");
        var expected = TrailerName is null ? Checksum : trailers?.GetValueOrDefault(TrailerName) ?? throw MalformedTrailer();
        if (expected is null || expected == computed.Promised.Text) return;
        if (!IsBase64(expected, computed.Promised.Value.Length))
            throw S3Errors.InvalidRequest($"Value for {ChecksumHeaders.Name(computed.Promised.Algorithm)} header is invalid.");
        throw new AwsException("BadDigest", 400, $"The {S3Xml.Name(computed.Promised.Algorithm)} you specified did not match the calculated checksum.");
    }

    static byte[]? ReadMd5(IHeaderDictionary headers)
    {
        if (headers.ContentMD5.FirstOrDefault() is not { } text) return null;
        if (!IsBase64(text, Md5Bytes)) throw new AwsException("InvalidDigest", 400, "The Content-MD5 you specified was invalid.");
        return Convert.FromBase64String(text);
    }

    // UNSIGNED-PAYLOAD and the STREAMING-… values promise nothing of the whole body.
    static byte[]? ReadSha256(IHeaderDictionary headers) =>
        headers["x-amz-content-sha256"].FirstOrDefault() is { Length: Sha256HexDigits } text && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;

    static bool IsBase64(string text, int bytes) => Convert.TryFromBase64String(text, new byte[text.Length], out var decoded) && decoded == bytes;

    static AwsException MalformedTrailer() => new("MalformedTrailerError", 400, "The request contained trailing data that was not well-formed or did not conform to our published schema.");
}
