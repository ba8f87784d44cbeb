namespace Lambray.Daemon.Configuration;

/// <summary>A flag or a configuration file that the daemon cannot start with.</summary>
/// <param name="exitCode">As AWS's daemon ends: 2 for a flag, 1 for anything else.</param>
sealed class ConfigurationException(string message, int exitCode, Exception? cause = null) : Exception(message, cause)
{
    public const int BadFlag = 2;
    public const int BadFile = 1;

    public int ExitCode => exitCode;
}
