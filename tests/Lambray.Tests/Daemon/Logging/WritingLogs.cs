using System.Text;
using Lambray.Daemon.Configuration;
using Lambray.Daemon.Logging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lambray.Tests.Daemon.Logging;

public sealed class WritingLogs
{
    static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Writes_lines_as_AWS_s_daemon_does()
    {
        Assert.Equal("2026-11-23T12:00:00Z [Info] hello\n", DaemonLog.Line(Noon, LogLevel.Information, "hello"));
        Assert.Equal("2026-11-23T14:00:00+02:00 [Warn] hello\n", DaemonLog.Line(Noon.ToOffset(TimeSpan.FromHours(2)), LogLevel.Warning, "hello"));
    }

    [Theory]
    [InlineData("Dev", "[Trace] [Debug] [Info] [Warn] [Error]")]
    [InlineData("Info", "[Info] [Warn] [Error]")]
    [InlineData("Error", "[Error]")]
    public void Leaves_out_what_is_below_its_level(string level, string written)
    {
        var output = new MemoryStream();
        var log = new DaemonLog(output, Enum.Parse<DaemonLogLevel>(level), new FakeTimeProvider(Noon));
        LogLevel[] all = [LogLevel.Trace, LogLevel.Debug, LogLevel.Information, LogLevel.Warning, LogLevel.Error];

        foreach (var one in all) log.Log(one, default, "hello", exception: null, (text, _) => text);

        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(written.Split(' '), lines.Select(line => line.Split(' ')[1]));
    }

    [Fact]
    public void Puts_a_file_aside_that_has_grown()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "xray.log");
        using (var file = new LogFile(path, rotates: true, bytesMax: 20))
            foreach (var line in new[] { "first line\n", "second\n", "third line\n", "fourth line\n" }) file.Write(Encoding.UTF8.GetBytes(line));

        Assert.Equal("fourth line\n", File.ReadAllText(path));
        Assert.Equal("third line\n", File.ReadAllText(path + ".1"));
    }
}
