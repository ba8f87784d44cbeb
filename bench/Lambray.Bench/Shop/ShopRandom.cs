namespace Lambray.Bench.Shop;

/// <summary>Numbers that only depend on a seed, so that the thousandth trace is the same whether or not the others were made (SplitMix64).</summary>
struct ShopRandom(ulong seed)
{
    const ulong GoldenRatio = 0x9E3779B97F4A7C15;

    ulong state = seed;

    public ulong Next()
    {
        var mixed = state += GoldenRatio;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>From 0 to below 1.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Happens(double probability) => Share() < probability;

    public int Below(int limit) => (int)(Share() * limit);

    /// <summary>Durations of services have a long tail: most near the median, a few many times as long.</summary>
    public double LogNormal(double median, double sigma) =>
        median * Math.Exp(sigma * Math.Sqrt(-2 * Math.Log(1 - Share())) * Math.Cos(2 * Math.PI * Share()));
}
