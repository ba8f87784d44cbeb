using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Lambray.Server.Cli.Configuration;

/// <summary>A configuration file: one mapping of keys to values, in YAML or in JSON, which is YAML too.</summary>
public static class ConfigFile
{
    public static IReadOnlyList<SettingValue> Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException($"config: {path} cannot be read: {error.Message}", error);
        }
    }

    /// <param name="name">The file's name, for messages.</param>
    public static IReadOnlyList<SettingValue> Parse(string text, string name)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            throw new ConfigException($"config: {name} line {error.Start.Line} is neither YAML nor JSON: {FirstLine(error.Message)}", error);
        }
        return yaml.Documents switch
        {
            [] => [],
            [{ RootNode: YamlMappingNode mapping }] => [.. mapping.SelectMany(entry => Values("", entry.Key, entry.Value, name))],
            _ => throw new ConfigException($"config: {name} has to be one mapping of keys to values; the keys are {ServeSettings.Keys}"),
        };
    }

    /// <summary>Of a mapping within, the keys are put together: <c>services: { s3: { endpoint: … } }</c> is <c>services-s3-endpoint</c>.</summary>
    static IEnumerable<SettingValue> Values(string prefix, YamlNode key, YamlNode value, string name)
    {
        var source = $"{name} line {key.Start.Line}";
        if (key is not YamlScalarNode { Value: { } keyText }) throw new ConfigException($"config: the key in {source} is no plain word");
        return value switch
        {
            YamlScalarNode { Value: { } text } => [new SettingValue(prefix + keyText, text, source)],
            YamlMappingNode within => within.SelectMany(entry => Values($"{prefix}{keyText}-", entry.Key, entry.Value, name)),
            _ => throw new ConfigException($"{prefix}{keyText} ({source}): has to be a single value"),
        };
    }

    static string FirstLine(string text) => text.Split('\n')[0].Trim();
}
