using System.Globalization;

namespace Lambray.Daemon.Configuration;

/// <summary>One thing that the daemon can be told, by a flag, by a key of <c>cfg.yaml</c>, or by both.</summary>
/// <param name="Key">In the file, with its section: <c>Socket.UDPAddress</c>; null when only a flag says it.</param>
/// <param name="Flag">Long and short name; null when only the file says it.</param>
/// <param name="IsSwitch">Whether the flag stands alone.</param>
/// <param name="Apply">The configuration with this value; throws <see cref="FormatException"/> with a few words about a bad one.</param>
sealed record Setting(string? Key, (string Long, string Short)? Flag, string Description, bool IsSwitch, Func<DaemonConfig, string, DaemonConfig> Apply)
{
    /// <summary>All, in the order of the help text; those that need no flag come last.</summary>
    public static readonly IReadOnlyList<Setting> All =
    [
        Of("ResourceARN", "resource-arn", "a", "ARN of the AWS resource that the daemon runs on", (config, text) => config with { ResourceArn = text }),
        new("LocalMode", ("local-mode", "o"), "Don't ask for EC2 instance metadata", IsSwitch: true, (config, text) => config with { LocalMode = Switch(text) }),
        Of("TotalBufferSizeMB", "buffer-memory", "m", "Memory for buffers in MB, at least 3; by default 1 % of the machine's",
            (config, text) => config with { BufferMegabytes = Number(text) }),
        Of("Region", "region", "n", "Region of the X-Ray service", (config, text) => config with { Region = text }),
        Of("Socket.UDPAddress", "bind", "b", "UDP address for segments (127.0.0.1:2000)", (config, text) => config with { UdpAddress = text }),
        Of("Socket.TCPAddress", "bind-tcp", "t", "TCP address for calls of the X-Ray API (127.0.0.1:2000)", (config, text) => config with { TcpAddress = text }),
        Of("RoleARN", "role-arn", "r", "IAM role to assume, as for sending to another account", (config, text) => config with { RoleArn = text }),
        Of("Logging.LogPath", "log-file", "f", "File to log to", (config, text) => config with { LogFile = text }),
        Of("Logging.LogLevel", "log-level", "l", "Log level, from most verbose to least: dev, debug, info, warn, error, prod (default, as info)",
            (config, text) => config with { LogLevel = Level(text) }),
        Of("ProxyAddress", "proxy-address", "p", "HTTP proxy to send through", (config, text) => config with { ProxyAddress = Url(text) }),
        Of("Endpoint", "endpoint", "e", "URL of the X-Ray service, such as http://127.0.0.1:4566; by default the one of AWS",
            (config, text) => config with { Endpoint = Url(text) }),
        InFile("Concurrency", (config, text) => config with { Concurrency = Number(text) }),
        InFile("Logging.LogRotation", (config, text) => config with { LogRotation = Switch(text) }),
        InFile("NoVerifySSL", (config, text) => config with { NoVerifySsl = Switch(text) }),
    ];

    static Setting Of(string key, string flag, string letter, string description, Func<DaemonConfig, string, DaemonConfig> apply) =>
        new(key, (flag, letter), description, IsSwitch: false, apply);

    static Setting InFile(string key, Func<DaemonConfig, string, DaemonConfig> apply) => new(key, Flag: null, "", IsSwitch: false, apply);

    static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException("is not a number");

    static bool Switch(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "True" or "TRUE" => true,
        "0" or "f" or "F" or "false" or "False" or "FALSE" => false,
        _ => throw new FormatException("is neither true nor false"),
    };

    static DaemonLogLevel Level(string text) => text switch
    {
        "dev" => DaemonLogLevel.Dev,
        "debug" => DaemonLogLevel.Debug,
        "info" or "prod" => DaemonLogLevel.Info,
        "warn" => DaemonLogLevel.Warn,
        "error" => DaemonLogLevel.Error,
        _ => throw new FormatException("is not one of dev, debug, info, warn, error, prod"),
    };

    /// <exception cref="FormatException">It is none of HTTP.</exception>
    internal static Uri Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : throw new FormatException("is no URL, such as http://127.0.0.1:4566");
}
