using System.CommandLine;
using System.Globalization;

namespace Lambray.Server.Cli;

/// <summary>How long ago what is shown may have begun: a number with its unit.</summary>
static class SinceOption
{
    static readonly Dictionary<char, TimeSpan> Units = new()
    {
        ['s'] = TimeSpan.FromSeconds(1),
        ['m'] = TimeSpan.FromMinutes(1),
        ['h'] = TimeSpan.FromHours(1),
        ['d'] = TimeSpan.FromDays(1),
    };

    /// <param name="otherwise">What holds where nothing is said, such as <c>10m</c>.</param>
    public static Option<TimeSpan> Create(string otherwise) => new("--since")
    {
        HelpName = otherwise,
        Description = $"How far back: a number with s, m, h or d; {otherwise} unless told otherwise",
        DefaultValueFactory = _ => Parse(otherwise) ?? throw new ArgumentException($"{otherwise} is no time.", nameof(otherwise)),
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Parse(text) is { } since) return since;
            result.AddError($"--since: '{text}' is no time, such as 30s, 10m, 2h or 1d.");
            return default;
        },
    };

    static TimeSpan? Parse(string text) =>
        text.Length > 1 && Units.TryGetValue(text[^1], out var unit)
        && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 100_000
            ? count * unit
            : null;
}
