using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceQuery.Completion;
using Xunit;

namespace Lambray.Tests.Tracing.TraceQuery;

/// <summary>What the console offers while somebody writes a filter expression; <c>|</c> is the caret.</summary>
public sealed class CompletingFilters
{
    static readonly FilterVocabulary Vocabulary = FilterVocabulary.Of([TraceSummary.Of(Shop())!], ["Default", "slow"]);

    [Theory]
    [InlineData("|", "ok", "fault", "responsetime", "http.url", "annotation[", "service(", "edge(", "group.name", "rootcause.fault.service")]
    [InlineData("resp|", "responsetime")]
    [InlineData("RESP|", "responsetime")]
    [InlineData("responsetime |", "=", "<", ">=")]
    [InlineData("fault |", "=", "AND", "OR")]
    [InlineData("http.url |", "=", "CONTAINS", "BEGINSWITH")]
    [InlineData("http.url CONTAINS |", "\"http://shop.example/orders\"")]
    [InlineData("http.url CONTAINS \"ord|", "\"http://shop.example/orders\"")]
    [InlineData("responsetime > 5 |", "AND", "OR")]
    [InlineData("responsetime > 5 AND |", "ok", "service(")]
    [InlineData("service(|", "\"orders\"", "\"say \\\"hi\\\"\"")]
    [InlineData("service(\"or|", "\"orders\"")]
    [InlineData("edge(\"orders\", |", "\"orders\"")]
    [InlineData("service(id(name: |", "\"orders\"")]
    [InlineData("service(\"orders\") |", "AND", "{")]
    [InlineData("service(\"orders\") { |", "ok", "root", "http.status")]
    [InlineData("edge(\"a\", \"b\") { |", "ok", "http.status")]
    [InlineData("rootcause.fault.exception { |", "name", "message", "first")]
    [InlineData("service(\"orders\") { fault } |", "AND")]
    [InlineData("annotation[|", "tier")]
    [InlineData("annotation[\"ti|", "tier")]
    [InlineData("annotation[tier] |", "=", "CONTAINS", ">")]
    [InlineData("annotation[tier] = |", "\"gold\"")]
    [InlineData("annotation.tier = |", "\"gold\"")]
    [InlineData("group.name = |", "\"slow\"")]
    [InlineData("!|", "ok")]
    [InlineData("(fault OR |", "error")]
    [InlineData("fault = |", "true", "false")]
    public void Offers(string draft, params string[] expected)
    {
        var offered = Complete(draft).Suggestions.Select(suggestion => suggestion.Text).ToList();

        Assert.Equal(expected, expected.Intersect(offered));
    }

    [Theory]
    [InlineData("edge(\"a\", \"b\") { |", "root")]
    [InlineData("service(\"a\") { |", "service(")]
    [InlineData("responsetime |", "CONTAINS")]
    [InlineData("fau|", "responsetime")]
    [InlineData("responsetime > |", "AND")]
    public void Does_not_offer(string draft, string unfit) =>
        Assert.DoesNotContain(unfit, Complete(draft).Suggestions.Select(suggestion => suggestion.Text));

    [Theory]
    [InlineData("service(\"or| ) { fault }", "service(\"orders\" ) { fault }")]
    [InlineData("fault AND http.ur|", "fault AND http.url")]
    [InlineData("annotation[tier] = \"g|", "annotation[tier] = \"gold\"")]
    public void What_is_chosen_stands_in_the_place_of_what_was_typed(string draft, string chosen)
    {
        var caret = draft.IndexOf('|', StringComparison.Ordinal);
        var text = draft.Remove(caret, 1);
        var completion = FilterCompletion.At(text, caret, Vocabulary);

        Assert.Equal(chosen, text[..completion.Start] + completion.Suggestions[0].Text + text[completion.End..]);
    }

    [Fact]
    public void Any_beginning_of_any_text_has_an_answer()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        string[] pieces = ["service", "(", ")", "{", "}", "\"", "\\", "annotation", "[", "]", "=", "!", "<", ",", ":", "#", "fault", "5.5", " ", "é", "AND", "rootcause.fault.service"];
        for (var round = 0; round < 2_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            var caret = random.Next(-1, text.Length + 2);
            var completion = FilterCompletion.At(text, caret, Vocabulary);
            Assert.True(completion.Start >= 0 && completion.Start <= completion.End && completion.End <= text.Length, $"Seed {seed}: '{text}' at {caret}");
        }
    }

    static FilterCompletion Complete(string draft)
    {
        var caret = draft.IndexOf('|', StringComparison.Ordinal);
        return FilterCompletion.At(draft.Remove(caret, 1), caret, Vocabulary);
    }

    static Trace Shop() => Trace.Merge(TestSegments.TraceId, [
        TestSegments.Segment() with
        {
            Name = "orders",
            Http = new HttpCall(new HttpRequestPart(Url: "http://shop.example/orders", Method: "POST")),
            Annotations = new Dictionary<string, AnnotationValue> { ["tier"] = "gold" },
            Subsegments = [TestSegments.Subsegment() with { Name = "say \"hi\"", Namespace = "remote" }],
        }]);
}
