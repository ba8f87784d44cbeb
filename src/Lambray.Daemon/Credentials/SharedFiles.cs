namespace Lambray.Daemon.Credentials;

/// <summary>The profiles of <c>~/.aws/credentials</c> and <c>~/.aws/config</c> ("Shared config and credentials files" in the AWS SDKs and Tools Reference Guide).</summary>
sealed class SharedFiles
{
    const string DefaultProfile = "default";
    const string ConfigPrefix = "profile ";

    readonly Dictionary<string, Dictionary<string, string>> profiles = [];

    SharedFiles(string profile) => Profile = profile;

    /// <summary>The profile that counts when none is named.</summary>
    public string Profile { get; }

    public static SharedFiles Read(Func<string, string?> variable)
    {
        var home = variable("HOME") ?? "/";
        var files = new SharedFiles(variable("AWS_PROFILE") ?? variable("AWS_DEFAULT_PROFILE") ?? DefaultProfile);
        // What is said in both, the credentials file says last.
        files.Add(variable("AWS_CONFIG_FILE") ?? Path.Combine(home, ".aws/config"), isConfig: true);
        files.Add(variable("AWS_SHARED_CREDENTIALS_FILE") ?? Path.Combine(home, ".aws/credentials"), isConfig: false);
        return files;
    }

    public bool Has(string profile) => profiles.ContainsKey(profile);

    public string? Find(string profile, string key) =>
        profiles.TryGetValue(profile, out var entries) && entries.TryGetValue(key, out var text) && text.Length > 0 ? text : null;

    void Add(string path, bool isConfig)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        // None there, or not for this user.
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return;
        }
        var section = new Dictionary<string, string>();
        foreach (var line in lines)
        {
            if (line.Trim() is not { Length: > 0 } text || text[0] is '#' or ';') continue;
            if (text is ['[', .. var name, ']']) section = Section(NameOf(name.Trim(), isConfig));
            // Lines that are moved in belong to a setting of several lines, none of which is of use here.
            else if (!char.IsWhiteSpace(line[0]) && text.Split('=', 2) is [var key, var value]) section[key.Trim()] = value.Trim();
        }
    }

    Dictionary<string, string> Section(string name) => profiles.TryGetValue(name, out var found) ? found : profiles[name] = [];

    static string NameOf(string section, bool isConfig) =>
        isConfig && section.StartsWith(ConfigPrefix, StringComparison.Ordinal) ? section[ConfigPrefix.Length..].Trim() : section;
}
