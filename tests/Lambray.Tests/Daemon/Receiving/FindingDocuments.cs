using System.Text;
using Lambray.Daemon.Receiving;
using Lambray.Tests.Tracing;
using Xunit;

namespace Lambray.Tests.Daemon.Receiving;

public sealed class FindingDocuments
{
    [Theory]
    [InlineData("""{"format":"json","version":1}""")]
    [InlineData("""{"format": "json", "version": 1}""")]
    [InlineData("""{ "version" : 1, "format" : "JSON" }""")]
    [InlineData("""{"format":"json","version":1,"more":{"a":[1]}}""")]
    public void Takes_what_follows_the_header(string header)
    {
        var packet = Encoding.UTF8.GetBytes(header + "\n{}");

        Assert.Equal(PacketFault.None, SegmentHeader.TryFindDocument(packet, out var start));
        Assert.Equal("{}", Encoding.UTF8.GetString(packet.AsSpan(start)));
    }

    [Theory]
    [InlineData("", "Incomplete")]
    [InlineData("""{"format":"json","version":1}""", "Incomplete")]
    [InlineData("{\"format\":\"json\",\"version\":1}\n", "Incomplete")]
    [InlineData("\n{}", "BadHeader")]
    [InlineData("{\"format\":\"json\",\"version\":2}\n{}", "BadHeader")]
    [InlineData("{\"format\":\"json\",\"version\":\"1\"}\n{}", "BadHeader")]
    [InlineData("{\"format\":1,\"version\":1}\n{}", "BadHeader")]
    [InlineData("{\"format\":\"json\"}\n{}", "BadHeader")]
    [InlineData("{\"format\":\"json\",\"version\":1\n{}", "Incomplete or BadHeader")]
    [InlineData("[]\n{}", "BadHeader")]
    [InlineData("\"\\ud800\"\n{}", "BadHeader")]
    public void Says_what_is_wrong_with_a_packet(string packet, string fault) =>
        Assert.Contains(SegmentHeader.TryFindDocument(Encoding.UTF8.GetBytes(packet), out _).ToString(), fault, StringComparison.Ordinal);

    [Fact]
    public void Takes_what_real_SDKs_send() =>
        Assert.All(SamplePackets.Names, name => Assert.Equal(PacketFault.None, SegmentHeader.TryFindDocument(SamplePackets.Packet(name), out _)));

    [Fact]
    public void Stands_any_bytes()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 2_000; round++)
        {
            var packet = new byte[random.Next(60)];
            random.NextBytes(packet);
            if (packet.Length > 2) packet[random.Next(packet.Length)] = (byte)'\n';
            try
            {
                SegmentHeader.TryFindDocument(packet, out _);
            }
            catch (Exception error)
            {
                Assert.Fail($"Seed {seed}, {Convert.ToHexString(packet)}: {error}");
            }
        }
    }
}
