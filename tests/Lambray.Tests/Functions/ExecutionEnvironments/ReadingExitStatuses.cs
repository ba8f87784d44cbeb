using Lambray.Functions.ExecutionEnvironments;
using Lambray.Functions.ExecutionEnvironments.Linux;
using Xunit;

namespace Lambray.Tests.Functions.ExecutionEnvironments;

public sealed class ReadingExitStatuses
{
    [Theory]
    [InlineData(0x0000, "exit status 0")]
    [InlineData(0x0100, "exit status 1")]
    [InlineData(0x8900, "exit status 137")]
    [InlineData(0xff00, "exit status 255")]
    [InlineData(0x0009, "signal: killed")]
    [InlineData(0x000f, "signal: terminated")]
    [InlineData(0x008b, "signal: segmentation fault")]
    [InlineData(0x0086, "signal: aborted")]
    public void Says_what_wait_told_in_AWSs_words(int status, string words) => Assert.Equal(words, ExitStatus.FromWait(status).ToString());

    [Theory]
    [InlineData(0x8900, "signal: killed")]
    [InlineData(0x8600, "signal: aborted")]
    [InlineData(0x8000, "exit status 128")]
    [InlineData(0xff00, "exit status 255")]
    [InlineData(0x0300, "exit status 3")]
    public void A_wrapping_process_hides_its_childs_signal_in_its_exit_code(int status, string words) =>
        Assert.Equal(words, ExitStatus.FromWait(status).Unwrapped.ToString());

    [Fact]
    public void Only_an_exit_without_error_gives_no_reason()
    {
        Assert.Equal("Runtime exited without providing a reason", new RuntimeExit(ExitStatus.FromWait(0), OutOfMemory: false).Message);
        Assert.Equal("Runtime exited with error: exit status 1", new RuntimeExit(ExitStatus.FromWait(0x100), OutOfMemory: false).Message);
    }
}
