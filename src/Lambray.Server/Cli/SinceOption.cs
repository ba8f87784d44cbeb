using System.CommandLine;
using System.Globalization;

namespace Lambray.Server.Cli;

/// <summary>How long ago what is shown may have begun: a number with its unit.</summary>
static class SinceOption
{
    static readonly TimeSpan Default = TimeSpan.FromMinutes(10);

    static readonly Dictionary<char, TimeSpan> Units = new()
    {
        ['s'] = TimeSpan.FromSeconds(1),
        ['m'] = TimeSpan.FromMinutes(1),
        ['h'] = TimeSpan.FromHours(1),
        ['d'] = TimeSpan.FromDays(1),
    };

    public static Option<TimeSpan> Create() => new("--since")
    {
        HelpName = "10m",
        Description = "How far back: a number with s, m, h or d; 10m unless told otherwise",
        DefaultValueFactory = _ => Default,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (text.Length > 1 && Units.TryGetValue(text[^1], out var unit)
                && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= 100_000) return count * unit;
            result.AddError($"--since: '{text}' is no time, such as 30s, 10m, 2h or 1d.");
            return default;
        },
    };
}
