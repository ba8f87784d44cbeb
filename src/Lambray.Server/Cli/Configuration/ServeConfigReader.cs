using Lambray.Server.Hosting;

namespace Lambray.Server.Cli.Configuration;

/// <summary>Puts the configuration together from its sources, the weakest first: file, environment variables, flags.</summary>
public static class ServeConfigReader
{
    public const string FileVariable = "LAMBRAY_CONFIG";

    /// <param name="defaults">What holds where no source says anything.</param>
    /// <param name="file">The configuration file; null looks at <see cref="FileVariable"/>, and without it there is none.</param>
    public static ServeConfig Read(ServeConfig defaults, string? file, Func<string, string?> environment, IEnumerable<SettingValue> flags)
    {
        file ??= environment(FileVariable);
        var inFile = file is null ? [] : ConfigFile.Read(file);
        return inFile.Concat(InEnvironment(environment)).Concat(flags).Aggregate(defaults, Apply);
    }

    // Only known names are looked at: Kubernetes sets LAMBRAY_PORT and others of its own for a service of our name.
    static IEnumerable<SettingValue> InEnvironment(Func<string, string?> environment) =>
        from setting in ServeSettings.All
        let text = environment(setting.Variable)
        where text is not null
        select new SettingValue(setting.Key, text, setting.Variable);

    static ServeConfig Apply(ServeConfig config, SettingValue value)
    {
        var setting = ServeSettings.All.FirstOrDefault(setting => setting.Key == value.Key)
            ?? throw new ConfigException($"{value.Key} ({value.Source}): unknown key; the keys are {ServeSettings.Keys}");
        try
        {
            return setting.Apply(config, value.Text);
        }
        catch (FormatException error)
        {
            throw new ConfigException($"{value.Key} ({value.Source}): '{value.Text}' {error.Message}", error);
        }
    }
}
