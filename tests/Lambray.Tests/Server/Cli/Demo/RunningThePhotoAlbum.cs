using Xunit;

namespace Lambray.Tests.Server.Cli.Demo;

public sealed class RunningThePhotoAlbum : IDisposable
{
    readonly TemporaryDirectory data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task Every_photo_reaches_its_album_and_every_failure_its_queue_in_one_story()
    {
        var terminal = new TestTerminal(time: TimeProvider.System);

        var exitCode = await terminal.RunAsync("demo", "photo-album", "--once", "--traffic", "0", "--listen", "127.0.0.1:0", "--daemon", "off", "--data-dir", data.Path);

        // What is stuck, and what the map or the trace lacks, stands among the errors.
        Assert.Equal(("", 0), (terminal.Errors, exitCode));
        Assert.Contains("\nTrace 1-", terminal.Output, StringComparison.Ordinal);
    }
}
