namespace Lambray.Daemon;

/// <summary>Which daemon this one stands in for.</summary>
static class DaemonVersion
{
    /// <summary>The version of AWS's daemon whose flags, file, log lines and user agent these are; scripts look for it.</summary>
    public const string Compatible = "3.6.6";

    /// <summary>As AWS's daemon names itself to X-Ray.</summary>
    /// <param name="executionEnvironment">The variable <c>AWS_EXECUTION_ENV</c>.</param>
    public static string UserAgent(string? executionEnvironment) =>
        $"xray-agent/xray-daemon/{Compatible} exec-env/{executionEnvironment ?? "UNKNOWN"} OS/linux-{Architecture}";

    // As Go, in which that daemon is written, spells it.
    static string Architecture => System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.X86 => "386",
        var other => other.ToString().ToLowerInvariant(),
    };
}
