namespace Lambray.Tracing.TraceStore;

/// <summary>The step of a histogram that a duration falls on: whole milliseconds, of long durations the first four digits.</summary>
/// <remarks>So a histogram has at most nine thousand steps for each tenfold of time, however many calls it counts.</remarks>
public static class DurationStep
{
    const int Digits = 4;

    /// <returns>Milliseconds.</returns>
    public static int Of(long microseconds) => Rounded((long)Math.Round(microseconds / 1000.0), Digits);

    /// <summary>To so many digits that count.</summary>
    public static int Rounded(long milliseconds, int digits)
    {
        long exactBelow = 1;
        for (var digit = 0; digit < digits; digit++) exactBelow *= 10;
        long step = 1;
        while (milliseconds >= exactBelow * step) step *= 10;
        return (int)Math.Min(int.MaxValue, (milliseconds + step / 2) / step * step);
    }
}
