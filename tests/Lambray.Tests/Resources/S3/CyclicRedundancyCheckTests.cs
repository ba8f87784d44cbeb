using System.Text;
using Lambray.Resources.S3;
using Xunit;

namespace Lambray.Tests.Resources.S3;

public sealed class CyclicRedundancyCheckTests
{
    // The check values that the catalogue of CRC algorithms gives for "123456789"; S3's clients depend on these three.
    [Theory]
    [InlineData(ChecksumAlgorithm.Crc32, "cbf43926")]
    [InlineData(ChecksumAlgorithm.Crc32C, "e3069283")]
    [InlineData(ChecksumAlgorithm.Crc64Nvme, "ae8b14860a799888")]
    public async Task Computes_the_published_check_value(ChecksumAlgorithm algorithm, string expected)
    {
        using var directory = new TemporaryDirectory();
        await using var world = new ResourcesWorld(directory.Path);
        using var body = await world.Objects.Receive(
            new MemoryStream(Encoding.ASCII.GetBytes("123456789")), new WantedDigests(algorithm), TestContext.Current.CancellationToken);
        Assert.Equal(expected, Convert.ToHexStringLower(body.Digests.Checksum.Value));
    }
}
