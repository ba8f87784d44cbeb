namespace Lambray.Bench.Shop;

/// <summary>When the traces of a shop happened: a tenth of them in the last hour, four tenths in the day before it, the rest in the six days before that.</summary>
/// <param name="Now">The end of all.</param>
sealed record ShopTime(DateTimeOffset Now)
{
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    static readonly TimeSpan Day = TimeSpan.FromDays(1);
    static readonly TimeSpan Week = TimeSpan.FromDays(7);

    // The newest trace is over when the data is written.
    static readonly TimeSpan Latest = TimeSpan.FromMinutes(1);

    /// <summary>Seconds since 1970.</summary>
    public double Pick(ref ShopRandom random)
    {
        var (from, to) = random.Share() switch
        {
            < 0.1 => (Latest, Hour),
            < 0.5 => (Hour, Day),
            _ => (Day, Week),
        };
        return (Now - from - ((to - from) * random.Share()) - DateTimeOffset.UnixEpoch).TotalSeconds;
    }
}
