using Lambray.Tracing.TraceQuery;
using Xunit;

namespace Lambray.Tests.Tracing.TraceQuery;

public class KeepingSummaries
{
    [Fact]
    public void Reads_back_what_it_wrote()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new RandomTraces(seed);
        for (var round = 0; round < 300; round++)
        {
            var summary = random.Summary();
            var row = TraceSummaryCodec.Write(summary);

            var read = TraceSummaryCodec.Read(summary.Id, summary.Revision, row.Span);

            Assert.Equivalent(summary with { Annotations = read.Annotations }, read, strict: true);
            Assert.Equal(summary.Annotations.ToDictionary(pair => pair.Key, pair => Text(pair.Value)), read.Annotations.ToDictionary(pair => pair.Key, pair => Text(pair.Value)));
            Assert.Equal(TraceTerms.Of(summary), TraceTerms.Of(read));
            Assert.True(row.Span.SequenceEqual(TraceSummaryCodec.Write(read).Span));
            var filter = FilterExpression.Parse(random.Expression());
            Assert.True(filter.Matches(summary) == filter.Matches(read), filter.ToString());
        }
    }

    [Fact]
    public void Takes_a_few_hundred_bytes_for_a_usual_trace()
    {
        var summary = TraceSummary.Of(LambdaTraces.Merged(LambdaTraces.Chain, LambdaTraces.ChainDocuments))!;

        Assert.InRange(TraceSummaryCodec.Write(summary).Length, 100, 600);
    }

    [Fact]
    public void Says_that_a_row_is_broken_and_nothing_worse()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var traces = new RandomTraces(seed);
        for (var round = 0; round < 3_000; round++)
        {
            var row = TraceSummaryCodec.Write(traces.AnySummary()).ToArray();
            for (var change = random.Next(3); change >= 0; change--) row[random.Next(row.Length)] = (byte)random.Next(256);
            try
            {
                TraceSummaryCodec.Read(TestSegments.TraceId, 1, row.AsSpan(0, random.Next(row.Length + 1)));
            }
            catch (InvalidDataException error)
            {
                Assert.Contains("row", error.Message);
            }
        }
    }

    static string Text(IEnumerable<TraceAnnotation> annotations) =>
        string.Join('|', annotations.Select(told => $"{told.Value} {told.Value.Text is null} {string.Join(',', told.ServiceIds)}"));
}
