using System.Text.Json;
using Lambray.Server.AwsFront.XRay;
using Lambray.Tracing.ServiceGraph;
using Xunit;

namespace Lambray.Tests.Server.XRay;

public class WritingHistograms
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.05, "0.05")]
    [InlineData(0.5, "0.5")]
    [InlineData(1.25, "1.25")]
    [InlineData(12, "12")]
    [InlineData(86_400.007, "86400.007")]
    [InlineData(-0.02, "-0.02")]
    public void Gives_values_as_numbers_of_seconds(double value, string written)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes)) new HistogramEntryConverter().Write(writer, new HistogramEntry(value, 3), JsonSerializerOptions.Default);
        Assert.Equal($$"""{"Value":{{written}},"Count":3}""", System.Text.Encoding.UTF8.GetString(bytes.ToArray()));
    }
}
