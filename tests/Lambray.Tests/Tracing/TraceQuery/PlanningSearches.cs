using Lambray.Aws;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceStore;
using Xunit;

namespace Lambray.Tests.Tracing.TraceQuery;

public class PlanningSearches
{
    [Theory]
    [InlineData("fault", "rootfault:")]
    [InlineData("!ok", "rootfault:|rooterror:|throttle:")]
    [InlineData("ok", "")]
    [InlineData("""service("stock") { fault }""", "fault:stock & service:stock")]
    [InlineData("service() { error or throttle }", "error:|throttle:")]
    [InlineData("""service(id(type: "AWS::SNS"))""", "type:AWS::SNS")]
    [InlineData("responsetime > 45", "slow:30|slow:60|slow:120|slow:300|slow:900")]
    [InlineData("responsetime > 0.1", "")]
    [InlineData("http.status = 404", "status:404")]
    [InlineData("http.status = 200", "")]
    [InlineData("http.status >= 400 http.status < 500", "statusclass:4|statusclass:5|statusclass:6|statusclass:7|statusclass:8|statusclass:9|statusclass:")]
    [InlineData("""annotation.age > 29 user = "alice" """, "annotation:age & user:alice")]
    [InlineData("""annotation.age = 29""", "annotation=:age/#29")]
    [InlineData("""edge("api", "stock")""", "edge:api/stock & service:api & service:stock")]
    [InlineData("""edge("api", "stock") { fault and http.url = "u" }""", "callfault:api/stock & edge:api/stock & service:api & service:stock")]
    [InlineData("edge { throttle and source.fault }", "callthrottle:")]
    [InlineData("""(user = "a" fault) or user = "b" """, "user:a|user:b & rootfault:|user:b")]
    [InlineData("""user = "a" or ok""", "")]
    [InlineData("""rootcause.error.service { last name = "stock" }""", "errorcause:stock")]
    [InlineData("""json = #[{"Services":[{"Name":"a"}]}]""", "faultcause:a|errorcause:a|timecause:a")]
    public void Names_the_terms_that_narrow_a_search(string expression, string plan)
    {
        var clauses = FilterExpression.Parse(expression).Plan().Select(
            clause => string.Join('|', clause.Select(term => $"{term.Kind}:{term.Value.Replace('\0', '/')}")));

        Assert.StartsWith(plan, string.Join(" & ", clauses));
        if (plan.Length == 0) Assert.Empty(clauses);
    }

    [Fact]
    public void Finds_every_match_by_its_terms_and_reads_its_own_spelling()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new RandomTraces(seed);
        var matched = 0;
        for (var round = 0; round < 2_000; round++)
        {
            var summary = random.Summary();
            var text = random.Expression();
            var filter = FilterExpression.Parse(text);
            var again = FilterExpression.Parse(filter.ToString());

            Assert.Equal(filter.ToString(), again.ToString());
            Assert.True(filter.Matches(summary) == again.Matches(summary), $"{text} and {again} differ");
            Assert.Equal(filter.Plan().Select(clause => clause.ToHashSet()), again.Plan().Select(clause => clause.ToHashSet()));
            if (!filter.Matches(summary)) continue;
            matched++;
            var terms = TraceTerms.Of(summary).ToHashSet();
            foreach (var clause in filter.Plan())
                Assert.True(terms.Overlaps(clause), $"{text} asks for {Text(clause)}, the trace has {Text(terms)}");
        }
        Assert.True(matched > 200, $"Only {matched} matched: the test shows little.");
    }

    [Fact]
    public void Throws_nothing_but_what_a_caller_can_mend()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new RandomTraces(seed);
        for (var round = 0; round < 20_000; round++)
        {
            var text = random.BrokenExpression();
            try
            {
                FilterExpression.Parse(text).Matches(random.AnySummary());
            }
            catch (AwsException error)
            {
                Assert.True(error.Code == "InvalidRequestException" && error.Message.Contains("position"), text);
            }
        }
    }

    [Fact]
    public void A_usual_trace_has_few_terms()
    {
        var summary = TraceSummary.Of(LambdaTraces.Merged(LambdaTraces.Chain, LambdaTraces.ChainDocuments))!;

        Assert.InRange(TraceTerms.Of(summary).Count, 10, 25);
    }

    static string Text(IEnumerable<TraceTerm> terms) => string.Join(", ", terms);
}
