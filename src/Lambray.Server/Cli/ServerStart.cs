using System.Net.Sockets;
using Lambray.Functions.ExecutionEnvironments.Isolation;
using Lambray.Server.Cli.Configuration;
using Lambray.Server.Hosting;
using Microsoft.AspNetCore.Connections;

namespace Lambray.Server.Cli;

/// <summary>Starts a server; what this machine does not let it have becomes one line that names the setting.</summary>
static class ServerStart
{
    /// <summary>Has to come before anything is said or begun: an ordinary user's program may start anew, with what sandboxes need.</summary>
    public static void Prepare(ServeConfig config, Terminal terminal)
    {
        if (terminal.IsProcess && config.Isolation != IsolationMode.Process) OwnUserNamespace.EnterIfUseful(terminal.Variable("PATH"));
    }

    public static async Task<LambrayServer> StartAsync(ServeConfig config, CancellationToken cancellation)
    {
        try
        {
            return await LambrayServer.StartAsync(config, cancellationToken: cancellation);
        }
        catch (DataDirectoryException error)
        {
            throw new ConfigException($"data-dir: {error.Message}", error);
        }
        catch (IsolationUnavailableException error)
        {
            throw new ConfigException($"isolation: {error.Message}", error);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            throw InUse(config, error);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw InUse(config, error);
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AccessDenied)
        {
            throw new ConfigException($"listen {config.Listen} or daemon {Daemon(config)}: {error.Message}", error);
        }
    }

    // Kestrel names the address that it could not have; the daemon's socket of its own does not.
    static ConfigException InUse(ServeConfig config, Exception error) =>
        error is SocketException || (config.Daemon is { } daemon && error.Message.Contains(daemon.ToString(), StringComparison.Ordinal))
            ? new ConfigException($"daemon: {Daemon(config)} is in use; end what listens there, or choose another with --daemon (off for none)", error)
            : new ConfigException($"listen: {config.Listen} is in use; end what listens there, or choose another with --listen", error);

    static string Daemon(ServeConfig config) => config.Daemon?.ToString() ?? "off";
}
