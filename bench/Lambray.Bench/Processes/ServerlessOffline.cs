using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Lambray.Bench.Processes;

/// <summary>npm's <c>serverless-offline</c>, with the functions of <c>bench/serverless-offline</c>, each environment in a worker thread of its own.</summary>
static class ServerlessOffline
{
    /// <summary>The name under which its copy of Lambda's API has the function.</summary>
    public const string Function = "bench-dev-no-op";

    public static Task<ServerProcess> StartAsync(Workplace place)
    {
        var ports = FreePorts(2);
        // It tells its address on standard error.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" 2>&1", "sh", "node", "node_modules/serverless/bin/serverless.js", "offline", "--lambdaPort", ports[0], "--httpPort", ports[1]])
        {
            WorkingDirectory = place.Built("serverless-offline"),
        };
        // It is to talk to nobody but us.
        start.Environment["SLS_TELEMETRY_DISABLED"] = "1";
        start.Environment["SLS_NOTIFICATIONS_MODE"] = "off";
        start.Environment["SLS_INTERACTIVE_SETUP_ENABLE"] = "0";
        return ServerProcess.StartAsync(start);
    }

    static List<string> FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)).ToList();
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
