namespace Lambray.Server.Cli.Configuration;

/// <summary>The server cannot run as it was told to; the message is one line that names the key and where it was set.</summary>
public sealed class ConfigException(string message, Exception? inner = null) : Exception(message, inner);
