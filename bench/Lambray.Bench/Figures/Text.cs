using System.Globalization;

namespace Lambray.Bench.Figures;

/// <summary>Figures as they are printed.</summary>
static class Text
{
    const double BytesPerMegabyte = 1024 * 1024;

    public static string Microseconds(TimeSpan duration) => Of($"{duration.TotalMicroseconds:F0} µs");

    public static string Milliseconds(TimeSpan duration) => Of($"{duration.TotalMilliseconds:F1} ms");

    public static string Ratio(double ratio) => Of($"{ratio:F2} x");

    /// <summary>1 is the whole.</summary>
    public static string Share(double ratio) => Of($"{ratio * 100:F0} %");

    /// <summary>For shares that should be hardly any.</summary>
    public static string ExactShare(double ratio) => Of($"{ratio * 100:F3} %");

    /// <summary>What a ratio is above 1, or below it.</summary>
    public static string Extra(double ratio) => Of($"{(ratio - 1) * 100:+0;-0;0} %");

    public static string PerSecond(double count) => Of($"{count:N0}/s");

    public static string Megabytes(double bytes) => Of($"{bytes / BytesPerMegabyte:F2} MB");

    public static string Bytes(double bytes) => Of($"{bytes:N0} B");

    static string Of(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
