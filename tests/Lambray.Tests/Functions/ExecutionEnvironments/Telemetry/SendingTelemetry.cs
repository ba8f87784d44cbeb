using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Lambray.Functions.ExecutionEnvironments.Telemetry;
using Xunit;

namespace Lambray.Tests.Functions.ExecutionEnvironments.Telemetry;

/// <summary>Batches of events on their way to an extension, which may be slow.</summary>
public sealed class SendingTelemetry
{
    const int LineBytes = 200_000;
    static readonly byte[] Line = [.. Enumerable.Repeat((byte)'x', LineBytes)];

    [Fact]
    public async Task What_a_slow_subscriber_does_not_take_is_dropped_and_counted()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var settings = new TelemetrySettings(["platform", "function"], new TelemetryBuffering(1, 262_144, TimeSpan.FromMilliseconds(25)), new TelemetryDestination(port, "/"), IsLogsApi: false);
        using var subscription = new TelemetrySubscription("slow", settings, NewSocket, TimeProvider.System);
        const int sent = 40;
        // Nobody answers yet, so all but the few that may wait are dropped.
        for (var i = 0; i < sent; i++) subscription.Add(TelemetryEvent.Line(FunctionSamples.Now, TelemetryEvent.FunctionType, Line));

        var (received, dropped, droppedBytes) = (0L, 0L, 0L);
        while (received + dropped < sent)
        {
            foreach (var item in JsonElement.Parse(await TakeRequestAsync(listener)).EnumerateArray())
            {
                var record = item.GetProperty("record");
                if (item.GetProperty("type").GetString() == "function") received++;
                else (dropped, droppedBytes) = (dropped + record.GetProperty("droppedRecords").GetInt64(), droppedBytes + record.GetProperty("droppedBytes").GetInt64());
            }
        }
        Assert.InRange(received, 1, 10);
        Assert.Equal(sent, received + dropped);
        Assert.InRange(droppedBytes, dropped * LineBytes, dropped * (LineBytes + 200));
    }

    [Fact]
    public async Task Of_what_came_before_a_subscription_so_much_is_kept_and_the_rest_counted()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var telemetry = new EnvironmentTelemetry(NewSocket, TimeProvider.System);
        for (var i = 0; i < 10; i++) telemetry.PublishOutput(TelemetryEvent.FunctionType, [.. Line, (byte)'\n']);
        var settings = new TelemetrySettings(["platform"], TelemetryBuffering.Default, new TelemetryDestination(((IPEndPoint)listener.LocalEndpoint).Port, "/"), IsLogsApi: false);
        Assert.True(telemetry.TrySubscribe("late", settings));
        telemetry.Close();
        Assert.False(telemetry.TrySubscribe("too late", settings));
        telemetry.Flush();

        var events = JsonElement.Parse(await TakeRequestAsync(listener)).EnumerateArray().ToArray();
        Assert.Equal(["platform.logsDropped", "platform.telemetrySubscription"], events.Select(item => item.GetProperty("type").GetString()));
        Assert.InRange(events[0].GetProperty("record").GetProperty("droppedRecords").GetInt32(), 5, 9);
    }

    [Fact]
    public void Lines_are_made_of_pieces_and_none_is_endless()
    {
        var splitter = new LineSplitter();
        Assert.Empty(Split(splitter, "be"u8));
        Assert.Equal(["begun\n", "\n", "next\n"], Split(splitter, "gun\n\nnext\nrest"u8).Select(line => Encoding.UTF8.GetString(line)));
        Assert.Equal("rest", Encoding.UTF8.GetString(splitter.TakeRest()));
        Assert.Equal([262_144, 262_144], Split(splitter, new byte[600_000]).Select(line => line.Length));
        Assert.Equal(600_000 - (2 * 262_144), splitter.TakeRest().Length);
    }

    static List<byte[]> Split(LineSplitter splitter, ReadOnlySpan<byte> text)
    {
        var lines = new List<byte[]>();
        splitter.Split(text, line => lines.Add(line.ToArray()));
        return lines;
    }

    static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    static async Task<string> TakeRequestAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var length = 0;
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 } header)
            if (header.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase)) length = int.Parse(header["Content-Length: ".Length..], System.Globalization.CultureInfo.InvariantCulture);
        var body = new char[length];
        await reader.ReadBlockAsync(body, TestContext.Current.CancellationToken);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        return new string(body);
    }
}
