namespace Lambray.DotNetRuntime;

/// <summary>Reads whole numbers in no culture: the first use of one, be it the invariant, loads the library of all, and a cold start is a third longer.</summary>
static class Digits
{
    public static int Read(ReadOnlySpan<char> text) => TryRead(text) ?? throw new FormatException($"'{text}' is no number.");

    /// <returns>Null for anything else.</returns>
    public static int? TryRead(ReadOnlySpan<char> text)
    {
        var number = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit)) return null;
            number = checked((number * 10) + digit - '0');
        }
        return text.Length > 0 ? number : null;
    }
}
