using Lambray.Aws.Signing;
using Xunit;

namespace Lambray.Tests.Aws.Signing;

/// <summary>The case that AWS publishes for bodies in signed chunks ("Signature calculations: Transferring payload in multiple chunks").</summary>
public sealed class SigningChunks
{
    const string Date = "20130524T000000Z";
    const string Seed = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";
    static readonly CredentialScope Scope = new("AKIAIOSFODNN7EXAMPLE", Date[..8], "us-east-1", "s3");

    [Fact]
    public void Agrees_with_the_published_case()
    {
        using var chunks = Begin();
        chunks.Append(Letters(65_000));
        chunks.Append(Letters(536));
        Assert.True(chunks.Verify("ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"));
        chunks.Append(Letters(1024));
        Assert.True(chunks.Verify("0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"));
        Assert.True(chunks.Verify("b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"));
    }

    [Fact]
    public void Another_byte_is_another_signature()
    {
        using var chunks = Begin();
        chunks.Append(Letters(65_535));
        chunks.Append("b"u8);
        Assert.False(chunks.Verify("ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"));
    }

    static ChunkSignatures Begin() => new(SignatureV4.SigningKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", Scope), Scope, Date, Seed);

    static byte[] Letters(int count)
    {
        var letters = new byte[count];
        letters.AsSpan().Fill((byte)'a');
        return letters;
    }
}
