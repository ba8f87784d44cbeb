namespace Lambray.Aws.Signing;

/// <summary>The shared files of AWS's clients: profiles in brackets, and settings below each ("Shared config and credentials files" in the SDKs reference guide).</summary>
public static class SharedCredentials
{
    /// <returns>Null when the profile is not there, or has no key of its own.</returns>
    public static AwsCredentials? Read(string text, string profile)
    {
        var settings = new Dictionary<string, string>();
        var isOurs = false;
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] is '#' or ';') continue;
            if (line[0] == '[') isOurs = IsHeaderOf(line, profile);
            else if (isOurs && line.Split('=', 2, StringSplitOptions.TrimEntries) is [var name, var value]) settings[name.ToLowerInvariant()] = value;
        }
        return settings.TryGetValue("aws_access_key_id", out var id) && settings.TryGetValue("aws_secret_access_key", out var secret)
            ? new AwsCredentials(id, secret, settings.GetValueOrDefault("aws_session_token"))
            : null;
    }

    // The config file says "profile" before every name but default.
    static bool IsHeaderOf(string line, string profile)
    {
        var name = line.TrimStart('[').Split(']')[0].Trim();
        return name == profile || (name.StartsWith("profile ", StringComparison.Ordinal) && name["profile ".Length..].Trim() == profile);
    }
}
