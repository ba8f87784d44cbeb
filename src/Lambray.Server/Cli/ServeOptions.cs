using System.CommandLine;
using Lambray.Server.Cli.Configuration;
using Lambray.Server.Hosting;

namespace Lambray.Server.Cli;

/// <summary>The flags of the commands that run a server.</summary>
sealed class ServeOptions
{
    readonly Option<string?> file = new("--config")
    {
        HelpName = "FILE",
        Description = "YAML or JSON with the keys below; variables such as LAMBRAY_LISTEN override it, and flags override both",
    };

    readonly (Setting Setting, Option<string?> Option)[] settings =
        [.. ServeSettings.All.Select(setting => (setting, new Option<string?>(setting.Flag) { HelpName = setting.ValueName, Description = setting.Description, Hidden = setting.IsLeftOut }))];

    public void AddTo(Command command)
    {
        command.Add(file);
        foreach (var (_, option) in settings) command.Add(option);
    }

    public ServeConfig Read(ParseResult parsed, ServeConfig defaults, Terminal terminal)
    {
        var flags =
            from entry in settings
            let text = parsed.GetValue(entry.Option)
            where text is not null
            select new SettingValue(entry.Setting.Key, text, entry.Setting.Flag);
        return ServeConfigReader.Read(defaults, parsed.GetValue(file), terminal.Variable, flags);
    }
}
