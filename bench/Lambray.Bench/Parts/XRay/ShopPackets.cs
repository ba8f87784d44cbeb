using System.Buffers;
using Lambray.Bench.Shop;

namespace Lambray.Bench.Parts.XRay;

/// <summary>Packets of the daemon's protocol, ready to be sent, of traces that happen now.</summary>
static class ShopPackets
{
    static ReadOnlySpan<byte> Header => "{\"format\":\"json\",\"version\":1}\n"u8;

    public static IReadOnlyList<byte[]> Of(int traces)
    {
        var shop = XRayParts.Traces();
        var packets = new List<byte[]>(traces * ShopTraces.SegmentsPerTrace);
        var output = new ArrayBufferWriter<byte>(16 * 1024);
        using var document = new ShopDocument(output);
        var now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        for (var number = 0; number < traces; number++) shop.Write(number, document, output, bytes => packets.Add([.. Header, .. bytes.Span]), now);
        return packets;
    }
}
