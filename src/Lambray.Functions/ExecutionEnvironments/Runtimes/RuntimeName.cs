using System.Globalization;
using System.Text.RegularExpressions;

namespace Lambray.Functions.ExecutionEnvironments.Runtimes;

/// <summary>A runtime identifier, taken apart: <c>python3.12</c> is language <c>python</c> in version 3.12.</summary>
/// <param name="Language">As the identifier begins: <c>nodejs</c>, <c>python</c>, <c>java</c>, <c>dotnet</c>, <c>ruby</c>, <c>provided</c>.</param>
/// <param name="Version">Null for custom runtimes, whose suffix names an operating system.</param>
public sealed partial record RuntimeName(string Text, string Language, LanguageVersion? Version)
{
    public static RuntimeName Parse(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success) return new RuntimeName(text, text.Split('.')[0], null);
        return new RuntimeName(text, match.Groups["language"].Value, new LanguageVersion(Number(match.Groups["major"]), Number(match.Groups["minor"])));
    }

    public override string ToString() => Text;

    static int Number(Group digits) => digits.Success ? int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture) : 0;

    // The "x" of nodejs22.x and the "al2" of java8.al2 say nothing about the language.
    [GeneratedRegex(@"^(?<language>[a-z]+?)(?<major>[0-9]+)(\.(?<minor>[0-9]+))?(\.(x|al2))?\z")]
    private static partial Regex Pattern();
}

/// <summary>The part of a language's version that decides whether code fits.</summary>
public readonly record struct LanguageVersion(int Major, int Minor)
{
    // A major version is farther than any number of minor ones.
    const int MajorStep = 1000;

    public int DistanceTo(LanguageVersion other) => Math.Abs(((Major - other.Major) * MajorStep) + Minor - other.Minor);

    /// <summary>Reads the beginning of a full version such as <c>v22.3.0</c> or <c>17.0.15+6</c>.</summary>
    public static LanguageVersion? TryParse(string text)
    {
        var numbers = text.TrimStart('v').Split('.', '+', '-', '_');
        if (!int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)) return null;
        return new LanguageVersion(major, numbers.Length > 1 && int.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor) ? minor : 0);
    }
}
