using System.Text;
using Lambray.Tracing.Intake;
using Xunit;

namespace Lambray.Tests.Tracing.Intake;

public class SplittingDatagrams
{
    [Theory]
    [InlineData("{\"format\":\"json\",\"version\":1}\n{}")]
    [InlineData("{\"format\": \"JSON\", \"version\": 1}\n{}")]
    public void Takes_the_document_after_the_header_line(string packet)
    {
        Assert.True(DaemonDatagram.TrySplit(TestSegments.Utf8(packet), out var document));
        Assert.Equal("{}", Encoding.UTF8.GetString(document.Span));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("{\"format\":\"json\",\"version\":1}")]
    [InlineData("{\"format\":\"json\",\"version\":1}\n")]
    [InlineData("{\"format\":\"json\",\"version\":2}\n{}")]
    [InlineData("{\"format\":\"json\",\"version\":\"1\"}\n{}")]
    [InlineData("{\"format\":\"xml\",\"version\":1}\n{}")]
    [InlineData("{\"format\":\"\\ud800\",\"version\":1}\n{}")]
    [InlineData("[1]\n{}")]
    public void Refuses_other_packets(string packet) => Assert.False(DaemonDatagram.TrySplit(TestSegments.Utf8(packet), out _));
}
