using System.Text.RegularExpressions;

namespace Lambray.Functions.Registry.Aliases;

/// <summary>What an alias may be called.</summary>
static partial class AliasName
{
    public const string Pattern = "(?!^[0-9]+$)([a-zA-Z0-9-_]+)";
    public const int LengthMax = 128;

    /// <summary>Not a version's number, and not <c>$LATEST</c>.</summary>
    public static bool IsOne(string text) => NameRegex().IsMatch(text);

    [GeneratedRegex(@"^(?![0-9]+\z)[a-zA-Z0-9-_]+\z")]
    private static partial Regex NameRegex();
}
