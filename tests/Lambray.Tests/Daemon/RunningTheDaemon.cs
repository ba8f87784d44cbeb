using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Lambray.Tests.Server;
using Xunit;

namespace Lambray.Tests.Daemon;

/// <summary>The program itself, between real SDKs and a server.</summary>
public sealed class RunningTheDaemon
{
    static readonly string[] Sent = ["node-shop", "python-shop", "carts", "orders"];

    [Fact]
    public async Task Carries_what_real_SDKs_send_to_a_server_and_its_sampling_rules_to_them()
    {
        await using var server = await WholeServer.StartAsync();
        await using var daemon = await DaemonProcess.StartAsync("-e", server.Address.ToString(), "-n", WholeServer.Region);

        var node = JsonElement.Parse((await ClientProcess.Node("daemon.mjs", $"tcp:{daemon.Tcp} udp:{daemon.Udp}", "node-shop")).Succeeded);
        var python = (await ClientProcess.Boto3(server.Address, $"""
            from aws_xray_sdk.core import xray_recorder
            xray_recorder.configure(service="python-shop", sampling=False, daemon_address="{daemon.Udp}", context_missing="LOG_ERROR")
            segment = xray_recorder.begin_segment("python-shop")
            xray_recorder.begin_subsegment("query").put_annotation("table", "orders")
            xray_recorder.end_subsegment()
            xray_recorder.end_segment()
            print(segment.trace_id)
            """)).Succeeded.Trim();

        Assert.Equal("""[["Default",0.05]]""", node.GetProperty("rules").GetRawText());
        await Eventually.HoldsAsync(async () =>
        {
            var traces = (await server.SendAsync(HttpMethod.Post, "/Traces", $$"""{"TraceIds":["{{node.GetProperty("traceId").GetString()}}","{{python}}"]}""")).Body;
            return Sent.All(text => traces.Contains(text, StringComparison.Ordinal));
        });
        var (exitCode, lines) = await daemon.TerminateAsync();
        Assert.Equal(0, exitCode);
        Assert.Contains(lines, line => line.EndsWith($"[Info] HTTP Proxy server using X-Ray Endpoint : {server.Address}", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("requests are not signed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sends_what_it_has_before_it_ends()
    {
        await using var xray = await StandIn.StartAsync(_ => (200, "{}"));
        await using var daemon = await DaemonProcess.StartAsync("--endpoint", xray.Address.ToString());
        using var sdk = new UdpClient();

        for (var number = 0; number < 70; number++) sdk.Send(Encoding.UTF8.GetBytes($$"""{"format":"json","version":1}{{'\n'}}{"number":{{number}}}"""), daemon.Udp);
        var (exitCode, lines) = await daemon.TerminateAsync();

        Assert.Equal(0, exitCode);
        Assert.Equal(70, xray.Requests.Where(request => request.Target == "/TraceSegments").Sum(request => JsonElement.Parse(request.Body).GetProperty("TraceSegmentDocuments").GetArrayLength()));
        Assert.Contains("\"SegmentsSentCount\":70", Assert.Single(xray.Requests, request => request.Target == "/TelemetryRecords").Body, StringComparison.Ordinal);
        Assert.Contains(lines, line => line.EndsWith("[Info] Got shutdown signal: terminated", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Does_not_start_with_what_it_does_not_understand()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "cfg.yaml");
        await File.WriteAllTextAsync(file, "Version: 2\nFrob: 1\n", TestContext.Current.CancellationToken);

        var (badFile, noFlag, noMemory) = (await DaemonProcess.RunAsync("-c", file), await DaemonProcess.RunAsync("--frob"), await DaemonProcess.RunAsync("-m", "2", "-n", "us-east-1"));

        Assert.Equal((1, 2, 1), (badFile.ExitCode, noFlag.ExitCode, noMemory.ExitCode));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S+ \[Error\] Frob flag is invalid: ", badFile.Errors);
        Assert.Contains("there is no flag -frob", noFlag.Errors, StringComparison.Ordinal);
        Assert.Contains("Min Buffers Memory required: 3 MB", noMemory.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_its_version_and_its_flags()
    {
        var (version, help) = (await DaemonProcess.RunAsync("-v"), await DaemonProcess.RunAsync("--help"));

        Assert.StartsWith("AWS X-Ray daemon version: 3.6.6 (Lambray ", version.Output, StringComparison.Ordinal);
        Assert.Contains("-b    --bind", help.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0), (version.ExitCode, help.ExitCode));
    }
}
