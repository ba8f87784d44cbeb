using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Lambray.Daemon.Configuration;

/// <summary>The daemon's <c>cfg.yaml</c>: keys, some of them in sections, and the version of the format.</summary>
static class ConfigurationFile
{
    const string VersionKey = "Version";

    /// <summary>Where it is looked for when no flag names it; the first that is there counts.</summary>
    public static readonly IReadOnlyList<string> Locations = ["/etc/amazon/xray/cfg.yaml", "cfg.yaml"];

    /// <summary>The configuration with what the file says.</summary>
    /// <exception cref="ConfigurationException">It cannot be read, has no version that is known, or a key that is not.</exception>
    public static DaemonConfig Apply(DaemonConfig config, string path)
    {
        try
        {
            return Apply(config, File.ReadAllText(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Bad($"{path} cannot be read: {error.Message}", error);
        }
    }

    /// <param name="name">The file's name, for messages.</param>
    public static DaemonConfig Apply(DaemonConfig config, string text, string name)
    {
        var entries = Entries(Parse(text, name), "", name).ToArray();
        CheckVersion(entries.FirstOrDefault(entry => entry.Key == VersionKey).Text, name);
        foreach (var (key, value) in entries)
        {
            if (key == VersionKey) continue;
            var setting = Setting.All.FirstOrDefault(setting => setting.Key == key)
                ?? throw Bad($"{key} flag is invalid: {name} may have {string.Join(", ", Setting.All.Select(setting => setting.Key))} and {VersionKey}");
            try
            {
                // Nothing, and none, mean the default, as in the file that comes with AWS's daemon.
                if (value is not ("" or "0")) config = setting.Apply(config, value);
            }
            catch (FormatException mistake)
            {
                throw Bad($"{key} in {name}: '{value}' {mistake.Message}", mistake);
            }
        }
        return config;
    }

    static YamlMappingNode Parse(string text, string name)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            throw Bad($"{name} line {error.Start.Line} is no YAML: {error.Message.Split('\n')[0].Trim()}", error);
        }
        return yaml.Documents switch
        {
            [] => [],
            [{ RootNode: YamlMappingNode mapping }] => mapping,
            _ => throw Bad($"{name} has to be one mapping of keys to values"),
        };
    }

    // Keys of a section get its name in front.
    static IEnumerable<(string Key, string Text)> Entries(YamlMappingNode mapping, string section, string name)
    {
        foreach (var (keyNode, value) in mapping)
        {
            if (keyNode is not YamlScalarNode { Value: { } word }) throw Bad($"{name} line {keyNode.Start.Line}: a key has to be a plain word");
            if (value is YamlMappingNode inner && section.Length == 0)
                foreach (var entry in Entries(inner, word + ".", name)) yield return entry;
            else if (value is YamlScalarNode scalar) yield return (section + word, scalar.Value is null or "~" or "null" ? "" : scalar.Value);
            else throw Bad($"{name} line {value.Start.Line}: {section}{word} has to be a single value");
        }
    }

    static void CheckVersion(string? text, string name)
    {
        if (text is null) throw Bad($"Config Version is missing: {name} needs 'Version: 2'");
        if (text is not ("1" or "2")) throw Bad($"Config Version Setting is not correct: {name} has {text}, 1 and 2 are known");
    }

    static ConfigurationException Bad(string message, Exception? cause = null) => new(message, ConfigurationException.BadFile, cause);
}
