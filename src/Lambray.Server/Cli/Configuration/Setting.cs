using Lambray.Server.Hosting;

namespace Lambray.Server.Cli.Configuration;

/// <summary>One thing that a server can be told, by the same name as a flag, an environment variable and a key of the configuration file.</summary>
/// <param name="ValueName">What stands for the value in the help text.</param>
/// <param name="Apply">The configuration with this value; throws <see cref="FormatException"/> with a sentence about a bad one.</param>
public sealed record Setting(string Key, string ValueName, string Description, Func<ServeConfig, string, ServeConfig> Apply)
{
    /// <summary>Whether the help text leaves it out, as it tells of another of the same kind.</summary>
    public bool IsLeftOut { get; init; }

    public string Flag => "--" + Key;

    public string Variable => "LAMBRAY_" + Key.Replace('-', '_').ToUpperInvariant();
}

/// <summary>A value as it was given, and where: <c>--listen</c>, <c>LAMBRAY_LISTEN</c> or <c>lambray.yaml line 3</c>.</summary>
public sealed record SettingValue(string Key, string Text, string Source);
