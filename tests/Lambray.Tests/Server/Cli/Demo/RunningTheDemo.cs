using Xunit;

namespace Lambray.Tests.Server.Cli.Demo;

public sealed class RunningTheDemo : IDisposable
{
    readonly TemporaryDirectory data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task Sees_every_expected_segment_twice_in_a_row()
    {
        // The second time role, bucket and function are there already.
        for (var run = 0; run < 2; run++)
        {
            var terminal = new TestTerminal(time: TimeProvider.System);

            var exitCode = await terminal.RunAsync("demo", "--once", "--listen", "127.0.0.1:0", "--daemon", "off", "--data-dir", data.Path);

            Assert.Equal(("", 0), (terminal.Errors, exitCode));
            Assert.Equal(4, terminal.Output.Split("\nTrace 1-").Length - 1);
        }
    }
}
