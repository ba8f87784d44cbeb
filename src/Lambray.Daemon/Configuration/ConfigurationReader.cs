namespace Lambray.Daemon.Configuration;

/// <summary>Puts together what is said in three places: flags win over the file, and the file over the environment.</summary>
static class ConfigurationReader
{
    /// <summary>Of the AWS SDKs: the service's own endpoint comes first.</summary>
    static readonly string[] EndpointVariables = ["AWS_ENDPOINT_URL_XRAY", "AWS_ENDPOINT_URL"];

    public static DaemonConfig Read(CommandLine flags, Func<string, string?> variable)
    {
        var config = new DaemonConfig
        {
            Endpoint = FindEndpoint(variable),
            Region = variable("AWS_REGION"),
        };
        if ((flags.ConfigFile ?? ConfigurationFile.Locations.FirstOrDefault(File.Exists)) is { } file) config = ConfigurationFile.Apply(config, file);
        return flags.Apply(config);
    }

    static Uri? FindEndpoint(Func<string, string?> variable)
    {
        foreach (var name in EndpointVariables)
        {
            if (variable(name) is not { } text) continue;
            try
            {
                return Setting.Url(text);
            }
            catch (FormatException mistake)
            {
                throw new ConfigurationException($"{name}: '{text}' {mistake.Message}", ConfigurationException.BadFile, mistake);
            }
        }
        return null;
    }
}
