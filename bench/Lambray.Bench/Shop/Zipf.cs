namespace Lambray.Bench.Shop;

/// <summary>Picks one of many as popularity goes: the second half as often as the first, the third a third as often.</summary>
sealed class Zipf
{
    readonly double[] upTo;

    public Zipf(int count)
    {
        upTo = new double[count];
        var sum = 0.0;
        for (var rank = 0; rank < count; rank++) upTo[rank] = sum += 1.0 / (rank + 1);
        for (var rank = 0; rank < count; rank++) upTo[rank] /= sum;
    }

    /// <returns>A rank, from 0.</returns>
    public int Pick(ref ShopRandom random)
    {
        var found = Array.BinarySearch(upTo, random.Share());
        return Math.Min(found < 0 ? ~found : found, upTo.Length - 1);
    }
}
