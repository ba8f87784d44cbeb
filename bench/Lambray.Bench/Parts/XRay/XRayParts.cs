using Lambray.Bench.Shop;

namespace Lambray.Bench.Parts.XRay;

/// <summary>X-Ray: what it takes in by UDP and by HTTP, how soon that is seen, and what questions cost as data grows.</summary>
static class XRayParts
{
    // The same traces each time, but for when they happened.
    public const ulong Seed = 20261123;

    public static async Task RunAsync(Workplace place)
    {
        await UdpIngest.RunAsync(place);
        await HttpIngest.RunAsync(place);
        await GraphFreshness.RunAsync(place);
        await GrowingStore.RunAsync(place);
    }

    public static ShopTraces Traces() => new(Seed, new ShopTime(TimeProvider.System.GetUtcNow()));
}
