using System.Globalization;

namespace Lambray.Server.Cli.Drawing;

/// <summary>Durations as a person reads them: three digits that count, and the unit that fits.</summary>
static class Durations
{
    public static string OfMicroseconds(long microseconds) => Of(microseconds / 1e6);

    public static string Of(double seconds) => Math.Abs(seconds) switch
    {
        0 => "0 ms",
        < 0.00995 => Text(seconds * 1000, "0.00 ms"),
        < 0.0995 => Text(seconds * 1000, "0.0 ms"),
        < 0.9995 => Text(seconds * 1000, "0 ms"),
        < 9.995 => Text(seconds, "0.00 s"),
        < 60 => Text(seconds, "0.0 s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)seconds / 60} m {(long)seconds % 60} s"),
    };

    static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
