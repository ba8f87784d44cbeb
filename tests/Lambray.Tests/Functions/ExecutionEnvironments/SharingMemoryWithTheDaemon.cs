using Lambray.Functions.ExecutionEnvironments;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lambray.Tests.Functions.ExecutionEnvironments;

public sealed class SharingMemoryWithTheDaemon
{
    const int Megabyte = 1024 * 1024;

    readonly FakeTimeProvider time = new();
    readonly List<string> log = [];
    long? functionMegabytes;

    [Theory]
    [InlineData(128, 16)]
    [InlineData(1024, 30)]
    public void Holds_16_MB_or_3_percent_whichever_is_more(int memorySize, int share)
    {
        var daemon = Daemon(memorySize);
        Assert.True(daemon.TryHold(share * Megabyte));
        Assert.False(daemon.TryHold(Megabyte));
        Assert.Equal(new DaemonLoss(1, IsStopped: false), daemon.TakeLoss());
        Assert.True(daemon.TryRelease(share * Megabyte));
        Assert.True(daemon.TryHold(Megabyte));
        Assert.Null(daemon.TakeLoss());
    }

    [Fact]
    public void Stops_when_the_function_grows_into_its_share()
    {
        var daemon = Daemon(128);
        functionMegabytes = 112;
        Assert.True(daemon.TryHold(100));
        functionMegabytes = 113;
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.False(daemon.TryHold(100));

        Assert.Equal(["XRAY The X-Ray daemon of this environment is stopped: the function uses 113 MB, and needs the daemon's 16 MB of its memory size."], log);
        Assert.Equal(new DaemonLoss(1, IsStopped: true), daemon.TakeLoss());
    }

    [Fact]
    public void What_it_held_when_it_stopped_is_lost()
    {
        var daemon = Daemon(128);
        Assert.True(daemon.TryHold(100));
        functionMegabytes = 128;
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(daemon.TryHold(100));

        Assert.False(daemon.TryRelease(100));
        Assert.Equal(2, daemon.TakeLoss()!.Documents);
    }

    [Fact]
    public void Never_comes_back()
    {
        var daemon = Daemon(128);
        functionMegabytes = 128;
        Assert.False(daemon.TryHold(100));
        functionMegabytes = 40;
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(daemon.TryHold(100));
        Assert.Single(log);
    }

    [Fact]
    public void Goes_on_where_the_machine_cannot_tell()
    {
        functionMegabytes = null;
        Assert.True(Daemon(128).TryHold(100));
    }

    DaemonMemory Daemon(int memorySize) => new(memorySize, () => functionMegabytes * Megabyte, log.Add, time);
}
