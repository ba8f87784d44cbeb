using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Lambray.Bench.Load;
using Lambray.Bench.Processes;

namespace Lambray.Bench.Parts.XRay;

/// <summary>A server with a daemon's port, whose intake is watched.</summary>
sealed partial class XRayServerProcess : IAsyncDisposable
{
    static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    // A store of a million traces compacts for a while.
    static readonly TimeSpan SettledWithin = TimeSpan.FromMinutes(10);

    readonly LambrayProcess lambray;
    readonly HttpClient http;
    readonly DirectoryInfo data;

    XRayServerProcess(LambrayProcess lambray, IPEndPoint daemon, DirectoryInfo data)
    {
        (this.lambray, Daemon, this.data) = (lambray, daemon, data);
        http = new HttpClient { BaseAddress = lambray.Address };
    }

    public Uri Address => lambray.Address;

    public IPEndPoint Daemon { get; }

    public TimeSpan ProcessorTime => lambray.Server.ProcessorTime;

    public long ResidentBytes => lambray.Processes.RootBytes();

    /// <summary>What all its files take on disk.</summary>
    public long DiskBytes => data.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    public static async Task<XRayServerProcess> StartAsync(Workplace place)
    {
        var data = Directory.CreateTempSubdirectory("lambray-bench-");
        var daemon = FreePort();
        return new XRayServerProcess(await LambrayProcess.StartAsync(place, prestartedMax: 0, data: data, daemon: daemon.ToString()), daemon, data);
    }

    public ApiConnection Connect() => new(Address);

    public async Task<IntakeReading> ReadIntakeAsync()
    {
        var figures = await http.GetStringAsync("/metrics");
        var counts = OutcomeLine().Matches(figures)
            .ToDictionary(match => match.Groups["outcome"].Value, match => (long)double.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture));
        return new IntakeReading(counts["accepted"], counts["rejected"], counts["dropped"], (long)double.Parse(KernelLine().Match(figures).Groups["count"].Value, CultureInfo.InvariantCulture));
    }

    /// <summary>Waits until the intake has got through all that has come, and has done what it put off.</summary>
    public async Task<IntakeReading> SettledIntakeAsync()
    {
        for (var before = await ReadIntakeAsync(); ;)
        {
            await Task.Delay(PollInterval, TimeProvider.System);
            var now = await ReadIntakeAsync();
            if (now == before) break;
            before = now;
        }
        await lambray.Processes.SettleAsync(SettledWithin);
        return await ReadIntakeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        // It does what it has put off before it ends, which may take longer than is waited for.
        await lambray.Processes.SettleAsync(SettledWithin);
        await lambray.DisposeAsync();
        data.Delete(recursive: true);
    }

    /// <summary>For UDP and TCP alike, as far as one can tell beforehand.</summary>
    public static IPEndPoint FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }

    [GeneratedRegex("^lambray_segment_documents_total\\{outcome=\"(?<outcome>[a-z]+)\"\\} (?<count>[0-9.e+]+)", RegexOptions.Multiline)]
    private static partial Regex OutcomeLine();

    [GeneratedRegex("^lambray_datagrams_dropped_total (?<count>[0-9.e+]+)", RegexOptions.Multiline)]
    private static partial Regex KernelLine();
}

/// <summary>What has become of documents since the server's start.</summary>
/// <param name="KernelDropped">Lost before the server could have taken them.</param>
sealed record IntakeReading(long Accepted, long Rejected, long Dropped, long KernelDropped)
{
    public static IntakeReading operator -(IntakeReading left, IntakeReading right) => new(
        left.Accepted - right.Accepted, left.Rejected - right.Rejected, left.Dropped - right.Dropped, left.KernelDropped - right.KernelDropped);
}
