using System.Net;
using System.Net.Sockets;
using Lambray.Daemon.Configuration;
using Lambray.Daemon.Credentials;
using Lambray.Daemon.Proxying;
using Lambray.Daemon.Receiving;
using Lambray.Daemon.Sending;
using Lambray.Daemon.Service;
using Lambray.Daemon.Telemetry;
using Microsoft.Extensions.Logging;

namespace Lambray.Daemon;

/// <summary>An X-Ray daemon at work: UDP port → queue → PutTraceSegments; TCP port → signed → X-Ray; counts → PutTelemetryRecords.</summary>
sealed partial class XRayDaemon : IDisposable
{
    readonly CancellationTokenSource stopping = new();
    readonly SegmentQueue queue;
    readonly SegmentReceiver receiver;
    readonly SigningProxy proxy;
    readonly TelemetrySender telemetry;
    readonly IReadOnlyList<IDisposable> parts;
    readonly Task sending;
    readonly Task others;

    XRayDaemon(DaemonConfig config, Sockets sockets, DatagramBuffers buffers, XRayService service, TelemetryHost host, IReadOnlyList<IDisposable> parts, TimeProvider time, ILogger log)
    {
        var counters = new DaemonCounters();
        queue = new SegmentQueue(buffers, counters, time);
        sending = new SegmentSender(queue, buffers, service, counters, time, log).RunAsync(config.Concurrency);
        telemetry = new TelemetrySender(counters, host, service, time, log);
        proxy = new SigningProxy(sockets.Tcp, service, time, log);
        others = Task.WhenAll(telemetry.RunAsync(stopping.Token), proxy.RunAsync(stopping.Token));
        receiver = new SegmentReceiver(sockets.Udp, buffers, queue, counters, time, log);
        this.parts = [receiver, proxy, queue, buffers, .. parts, stopping];
    }

    /// <summary>Where segments go in, with the port that was found when 0 was asked for.</summary>
    public IPEndPoint UdpAddress => receiver.Address;

    public IPEndPoint TcpAddress => proxy.Address;

    /// <summary>Ends before it is told to only by a fault of its own.</summary>
    public Task Working => Task.WhenAny(sending, others).Unwrap();

    /// <summary>Starts, and says in the log what it found: memory, region, and above all where segments will go.</summary>
    /// <exception cref="ConfigurationException">It cannot start so.</exception>
    public static async Task<XRayDaemon> StartAsync(DaemonConfig config, Func<string, string?> variable, TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        LogInitializing(log, DaemonVersion.Compatible);
        var megabytes = DatagramBuffers.Megabytes(config.BufferMegabytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)
            ?? throw new ConfigurationException("Not enough Buffers Memory Allocated. Min Buffers Memory required: 3 MB.", ConfigurationException.BadFile);
        LogMemory(log, megabytes);
        var buffers = new DatagramBuffers(megabytes);
        LogBuffers(log, buffers.Count);

        var http = DaemonHttp.ToServices(config);
        var metadataHttp = DaemonHttp.ToMetadata();
        var metadata = InstanceMetadata.Create(metadataHttp, config.LocalMode, variable, time);
        var region = await HomeRegion.FindAsync(config, variable, metadata, cancellation);
        LogRegion(log, region);

        var tokens = new SecurityTokenService(http, StsEndpoint(variable, region), region, time);
        var credentials = new CurrentCredentials(Credentials(config, variable, tokens, metadataHttp, metadata), time, log);
        var endpoint = config.Endpoint ?? ServiceEndpoint.Of("xray", region);
        var service = new XRayService(http, endpoint, region, credentials, DaemonVersion.UserAgent(variable("AWS_EXECUTION_ENV")), time);
        LogEndpoint(log, endpoint.OriginalString);
        var host = await TelemetryHost.FindAsync(config.ResourceArn, variable, metadata, cancellation);
        return new XRayDaemon(config, Sockets.Bind(config), buffers, service, host, [http, metadataHttp, credentials], time, log);
    }

    /// <summary>Takes what has come, sends what is queued, and reports the last counts.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        receiver.Stop();
        queue.Close();
        await Task.WhenAll(sending, others);
        await telemetry.ReportAsync();
    }

    public void Dispose()
    {
        foreach (var part in parts) part.Dispose();
    }

    static ICredentialSource Credentials(DaemonConfig config, Func<string, string?> variable, SecurityTokenService tokens, HttpClient metadataHttp, InstanceMetadata? metadata)
    {
        var chain = new CredentialChain(
        [
            new EnvironmentCredentials(variable),
            new WebIdentityCredentials(variable, tokens),
            new ProfileCredentials(variable, tokens),
            new ContainerCredentials(variable, metadataHttp),
            .. metadata is null ? Array.Empty<ICredentialSource>() : [new InstanceCredentials(metadata)],
        ]);
        return config.RoleArn is { } role ? new AssumedRole(role, chain, tokens) : chain;
    }

    static Uri StsEndpoint(Func<string, string?> variable, string region) =>
        Uri.TryCreate(variable("AWS_ENDPOINT_URL_STS") ?? variable("AWS_ENDPOINT_URL"), UriKind.Absolute, out var endpoint) ? endpoint : ServiceEndpoint.Of("sts", region);

    [LoggerMessage(Level = LogLevel.Information, Message = "Initializing AWS X-Ray daemon {Version}")]
    static partial void LogInitializing(ILogger log, string version);

    [LoggerMessage(Level = LogLevel.Information, Message = "Using buffer memory limit of {Megabytes} MB")]
    static partial void LogMemory(ILogger log, int megabytes);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} segment buffers allocated")]
    static partial void LogBuffers(ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Using region: {Region}")]
    static partial void LogRegion(ILogger log, string region);

    [LoggerMessage(Level = LogLevel.Information, Message = "HTTP Proxy server using X-Ray Endpoint : {Endpoint}")]
    static partial void LogEndpoint(ILogger log, string endpoint);

    /// <summary>The two ports, both bound before anything is sent from either.</summary>
    sealed record Sockets(Socket Udp, Socket Tcp)
    {
        public static Sockets Bind(DaemonConfig config)
        {
            var udp = ListenAddress.Bind(ListenAddress.Resolve(config.UdpAddress), SocketType.Dgram);
            try
            {
                return new Sockets(udp, ListenAddress.Bind(ListenAddress.Resolve(config.TcpAddress), SocketType.Stream));
            }
            catch
            {
                udp.Dispose();
                throw;
            }
        }
    }
}
