using System.Globalization;

namespace Lambray.Tracing.Segments;

/// <summary>Prints a double as X-Ray prints times: as Java does, <c>1.681574430822835E9</c>.</summary>
static class JavaNumber
{
    // From here on Java writes a mantissa and an exponent.
    const double ExponentFrom = 1e7;

    public static string Format(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        if (Math.Abs(value) < ExponentFrom || text.Contains('E')) return text;
        var sign = value < 0 ? "-" : "";
        var point = text.IndexOf('.');
        var whole = (point < 0 ? text : text[..point]).TrimStart('-');
        var digits = (whole + (point < 0 ? "" : text[(point + 1)..]))[1..].TrimEnd('0');
        return $"{sign}{whole[0]}.{(digits.Length == 0 ? "0" : digits)}E{whole.Length - 1}";
    }
}
