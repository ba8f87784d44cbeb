using System.Text.Json;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Xunit;
using static Lambray.Tests.Tracing.TestSegments;

namespace Lambray.Tests.Tracing.TraceQuery;

public class SearchingInsideATrace
{
    static readonly TraceTimeline Timeline = TraceTimeline.Of(Trace.Merge(TestSegments.TraceId,
    [
        Segment(
            id: 1, name: "shop", user: "alice", origin: "AWS::ECS::Container", annotations: new() { ["tier"] = "gold", ["items"] = 42 },
            http: new HttpCall(new HttpRequestPart(Method: "POST", Url: "https://shop.example/orders")), subsegments:
            [
                Subsegment(id: 2, name: "db", ns: "remote", sql: """{"sanitized_query":"SELECT \"name\" FROM orders"}"""),
                Subsegment(id: 3, name: "pay", start: 0.5, cause: new Cause(Exceptions: [new TracedException(Message: "card refused", Type: "Refusal")])),
                Subsegment(id: 4, name: "note", start: 0.6) with { Metadata = JsonElement.Parse("""{"default":{"Größe":{"in":["<b>"]}}}""") },
            ]),
    ]));

    [Theory]
    [InlineData("SHOP", 1)]
    [InlineData("orders", 1, 2)]
    [InlineData("42", 1)]
    [InlineData("tier", 1)]
    [InlineData("\"name\"", 2)]
    [InlineData("card refused", 3)]
    [InlineData("größe", 4)]
    [InlineData("<b>", 4)]
    [InlineData("0000000000000004", 4)]
    [InlineData("exceptions")]
    [InlineData("17000000")]
    public void Finds_rows_by_all_that_they_tell_and_by_no_name_of_a_field(string text, params int[] rows)
    {
        // What a call tells its inferred callee tells again.
        var found = TraceText.Find(Timeline, text).Where(id => Timeline.Rows.Any(row => row.Id == id && !row.Inferred));

        Assert.Equal(rows.Select(row => new SegmentId((ulong)row)), found);
    }
}
