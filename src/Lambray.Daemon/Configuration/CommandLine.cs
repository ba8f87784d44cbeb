using System.Text;

namespace Lambray.Daemon.Configuration;

/// <summary>The arguments, read as the flag package of Go does, because scripts rely on it.</summary>
/// <remarks><c>-b</c>, <c>-bind</c> and <c>--bind</c> are the same, and a value may follow <c>=</c>.</remarks>
sealed class CommandLine
{
    static readonly (string Long, string Short) ConfigFlag = ("config", "c");
    static readonly (string Long, string Short) VersionFlag = ("version", "v");
    static readonly (string Long, string Short) HelpFlag = ("help", "h");

    readonly List<(Setting Setting, string Flag, string Text)> given = [];

    public bool WantsHelp { get; private set; }

    public bool WantsVersion { get; private set; }

    public string? ConfigFile { get; private set; }

    public static CommandLine Read(IReadOnlyList<string> arguments)
    {
        var line = new CommandLine();
        for (var index = 0; index < arguments.Count; index++)
        {
            var argument = arguments[index];
            if (argument is "-" or "--" || !argument.StartsWith('-')) throw Bad($"'{argument}' is no flag");
            var dashes = argument.StartsWith("--", StringComparison.Ordinal) ? 2 : 1;
            var parts = argument[dashes..].Split('=', 2);
            line.Take(parts[0], parts.Length == 2 ? parts[1] : null, () => ++index < arguments.Count ? arguments[index] : throw Bad($"-{parts[0]} needs a value"));
        }
        return line;
    }

    /// <summary>The configuration with what the flags say.</summary>
    public DaemonConfig Apply(DaemonConfig config)
    {
        foreach (var (setting, flag, text) in given)
        {
            try
            {
                // As in the file, nothing means what would be without it.
                if (text.Length > 0) config = setting.Apply(config, text);
            }
            catch (FormatException mistake)
            {
                throw Bad($"-{flag}: '{text}' {mistake.Message}", mistake);
            }
        }
        return config;
    }

    public static string Help()
    {
        var help = new StringBuilder("Usage: lambray daemon [options]\n");
        foreach (var setting in Setting.All)
            if (setting.Flag is { } flag) Describe(flag, setting.Description);
        Describe(ConfigFlag, "Configuration file; by default /etc/amazon/xray/cfg.yaml or cfg.yaml in the working directory");
        Describe(VersionFlag, "Show the version");
        Describe(HelpFlag, "Show this screen");
        return help.ToString();

        void Describe((string Long, string Short) flag, string description) => help.Append($"    -{flag.Short}    --{flag.Long,-16}{description}\n");
    }

    void Take(string name, string? text, Func<string> next)
    {
        if (Is(HelpFlag)) WantsHelp = true;
        else if (Is(VersionFlag)) WantsVersion = true;
        else if (Is(ConfigFlag)) ConfigFile = text ?? next();
        else if (Setting.All.FirstOrDefault(setting => setting.Flag is { } flag && Is(flag)) is not { } found) throw Bad($"there is no flag -{name}");
        else given.Add((found, name, text ?? (found.IsSwitch ? "true" : next())));

        bool Is((string Long, string Short) flag) => name == flag.Long || name == flag.Short;
    }

    static ConfigurationException Bad(string message, Exception? cause = null) => new($"{message}; see lambray daemon --help", ConfigurationException.BadFlag, cause);
}
