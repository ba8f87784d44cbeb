using Lambray.Aws;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Xunit;
using static Lambray.Tests.Tracing.TestSegments;

namespace Lambray.Tests.Tracing.TraceQuery;

public class FilteringTraces
{
    static readonly TraceSummary Sample = TraceSummary.Of(Trace.Merge(TestSegments.TraceId,
    [
        Segment(
            id: 1, name: "orders", end: 2, error: true, user: "alice",
            http: new HttpCall(new HttpRequestPart("GET", "http://api.example.com/orders/1"), new HttpResponsePart(404)),
            annotations: new() { ["tier"] = "gold", ["count"] = 3, ["vip"] = true, ["a.b"] = "x" }),
        Segment(id: 2, name: "stock", parent: 1),
    ]))!;

    [Theory]
    [InlineData("", true)]
    [InlineData(null, true)]
    [InlineData("error", true)]
    [InlineData("ok", false)]
    [InlineData("!ok", true)]
    [InlineData("fault = false", true)]
    [InlineData("throttle != false", false)]
    [InlineData("partial", false)]
    [InlineData("responseTime > 1.5", true)]
    [InlineData("duration<2", false)]
    [InlineData("duration <= 2 AND http.status = 404", true)]
    [InlineData("http.status != 404", false)]
    [InlineData("""http.url CONTAINS "/orders/" and http.method = "GET" """, true)]
    [InlineData("""http.url BEGINSWITH "http://web" """, false)]
    [InlineData("http.url AND responsetime > 1", true)]
    [InlineData("http.useragent", false)]
    [InlineData("""service("stock")""", true)]
    [InlineData("""service("nobody")""", false)]
    [InlineData("""!service("nobody") error duration > 1""", true)]
    [InlineData("""annotation.tier = "gold" """, true)]
    [InlineData("annotation[count] >= 3", true)]
    [InlineData("annotation.count > 3", false)]
    [InlineData("annotation[vip] = true", true)]
    [InlineData("""annotation[a.b] = "x" """, true)]
    [InlineData("annotation.absent", false)]
    [InlineData("""user CONTAINS "" """, true)]
    public void Tells_which_traces_match(string? expression, bool matches) => Assert.Equal(matches, FilterExpression.Parse(expression).Matches(Sample));

    [Theory]
    [InlineData("error OR fault", 7, "OR")]
    [InlineData("(error)", 1, "(")]
    [InlineData("""service("a") { fault }""", 14, "condition on one service")]
    [InlineData("""edge("a", "b")""", 1, "edge")]
    [InlineData("colour = 1", 1, "colour")]
    [InlineData("duration > fast", 12, "fast")]
    [InlineData("duration CONTAINS 3", 10, "CONTAINS")]
    [InlineData("duration >", 11, "the end")]
    [InlineData("http.url = \"open", 12, "closing quote")]
    [InlineData("error AND", 10, "AND")]
    [InlineData("!", 2, "the end")]
    [InlineData("annotation[", 12, "key")]
    [InlineData("error; drop", 6, ";")]
    public void Says_what_it_does_not_understand_and_where(string expression, int position, string what)
    {
        var error = Assert.Throws<AwsException>(() => FilterExpression.Parse(expression));

        Assert.Equal(("InvalidRequestException", 400), (error.Code, error.Status));
        Assert.Contains($"position {position}:", error.Message);
        Assert.Contains(what, error.Message);
    }
}
