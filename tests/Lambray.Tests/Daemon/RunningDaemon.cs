using System.Net.Sockets;
using System.Text;
using Lambray.Daemon;
using Lambray.Daemon.Configuration;
using Lambray.Daemon.Logging;

namespace Lambray.Tests.Daemon;

/// <summary>A daemon in this process, on free loopback ports, that sends to a server of the test's with keys of its own.</summary>
sealed class RunningDaemon : IAsyncDisposable
{
    public const string Region = "eu-central-1";
    public const string AccessKeyId = "AKIDEXAMPLE";
    public const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    static readonly Dictionary<string, string> Variables = new()
    {
        ["AWS_ACCESS_KEY_ID"] = AccessKeyId,
        ["AWS_SECRET_ACCESS_KEY"] = SecretAccessKey,
        ["AWS_SESSION_TOKEN"] = "a token",
        ["AWS_HOSTNAME"] = "host.example.com",
    };

    readonly XRayDaemon daemon;
    readonly MemoryStream written;
    readonly DaemonLog log;
    readonly UdpClient sdk = new();
    bool isStopped;

    RunningDaemon(XRayDaemon daemon, MemoryStream written, DaemonLog log)
    {
        (this.daemon, this.written, this.log) = (daemon, written, log);
        Http = new HttpClient { BaseAddress = new Uri($"http://{daemon.TcpAddress}") };
    }

    /// <summary>To its TCP port.</summary>
    public HttpClient Http { get; }

    public System.Net.IPEndPoint TcpAddress => daemon.TcpAddress;

    /// <summary>What it has logged, once it was stopped.</summary>
    public string Log => isStopped ? Encoding.UTF8.GetString(written.ToArray()) : throw new InvalidOperationException("It still writes.");

    public static async Task<RunningDaemon> StartAsync(Uri endpoint)
    {
        var written = new MemoryStream();
        var log = new DaemonLog(written, DaemonLogLevel.Debug, TimeProvider.System);
        var config = new DaemonConfig
        {
            Endpoint = endpoint,
            Region = Region,
            UdpAddress = "127.0.0.1:0",
            TcpAddress = "127.0.0.1:0",
            LocalMode = true,
            BufferMegabytes = 8,
            ResourceArn = "arn:aws:ec2:eu-central-1:1:instance/i-1",
        };
        return new RunningDaemon(await XRayDaemon.StartAsync(config, Variables.GetValueOrDefault, TimeProvider.System, log, CancellationToken.None), written, log);
    }

    public void Send(string document) => SendPacket("{\"format\":\"json\",\"version\":1}\n" + document);

    public void SendPacket(string packet) => sdk.Send(Encoding.UTF8.GetBytes(packet), daemon.UdpAddress);

    /// <summary>As SIGTERM does: everything that has come is sent.</summary>
    public async Task StopAsync()
    {
        await daemon.StopAsync();
        isStopped = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (!isStopped) await StopAsync();
        daemon.Dispose();
        log.Dispose();
        sdk.Dispose();
        Http.Dispose();
    }
}
