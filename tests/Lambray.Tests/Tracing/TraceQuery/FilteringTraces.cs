using Lambray.Aws;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Xunit;
using static Lambray.Tests.Tracing.TestSegments;

namespace Lambray.Tests.Tracing.TraceQuery;

public class FilteringTraces
{
    /// <summary>A slow answer of <c>api</c>: its first call of <c>stock</c> was refused, which it handled, the second failed.</summary>
    static readonly TraceSummary Sample = TraceSummary.Of(Trace.Merge(TestSegments.TraceId,
    [
        Segment(
            id: 1, name: "api", end: 6, fault: true, user: "alice", origin: "AWS::EC2::Instance",
            aws: """{"account_id":"111122223333","ec2":{"instance_id":"i-0cd9e448","availability_zone":"us-west-2c"}}""",
            http: new HttpCall(
                new HttpRequestPart("PUT", "http://api.example.com/v2/orders/1", "curl/8", "203.0.113.9"), new HttpResponsePart(502)),
            annotations: new() { ["tier"] = "gold", ["count"] = 3, ["vip"] = true, ["a.b"] = "x" },
            subsegments:
            [
                Subsegment(id: 2, name: "stock", ns: "remote", end: 0.2, status: 409, error: true),
                Subsegment(id: 3, name: "work", start: 0.5, end: 5.5, fault: true, subsegments:
                    [Subsegment(id: 4, name: "stock", ns: "remote", start: 0.5, end: 5.4, status: 500, fault: true)]),
                Subsegment(id: 5, name: "DynamoDB", ns: "aws", start: 5.6, end: 5.7, status: 400, throttle: true, aws: """{"table_name":"orders"}"""),
            ]),
        Segment(id: 10, name: "stock", parent: 2, end: 0.1, status: 409, error: true, annotations: new() { ["shelf"] = 7 }),
        Segment(
            id: 11, name: "stock", parent: 4, start: 0.6, end: 5.3, status: 500, fault: true, arn: "arn:aws:ecs:us-west-2:111122223333:task/stock",
            subsegments:
            [
                Subsegment(id: 12, name: "deserialize", start: 0.7, end: 5.2, fault: true, cause: new Cause(Exceptions:
                    [new TracedException(Type: "JsonException", Message: "bad input"), new TracedException(Type: "IOException", Message: "Access Denied")])),
            ]),
    ]))!;

    [Theory]
    [InlineData("", true)]
    [InlineData(null, true)]
    [InlineData("  ", true)]
    [InlineData("fault", true)]
    [InlineData("ok", false)]
    [InlineData("!ok", true)]
    [InlineData("ok = false", true)]
    [InlineData("fault != true", false)]
    [InlineData("error", false)]
    [InlineData("throttle", false)]
    [InlineData("partial", false)]
    [InlineData("inferred", true)]
    [InlineData("responsetime > 5", true)]
    [InlineData("RESPONSETIME<6", false)]
    [InlineData("duration >= 5 AND duration <= 8", true)]
    [InlineData("ok !partial duration <3", false)]
    [InlineData("fault !partial duration >3", true)]
    [InlineData("http.status != 200", true)]
    [InlineData("http.status = 502", true)]
    [InlineData("duration > -1.5e1", true)]
    [InlineData("""http.url CONTAINS "/v2/" and http.method = "PUT" """, true)]
    [InlineData("""http.url BEGINSWITH "http://web" """, false)]
    [InlineData("""http.url ENDSWITH "/1" """, true)]
    [InlineData("http.url AND responseTime > 2", true)]
    [InlineData("""http.useragent = "curl/8" http.clientip = "203.0.113.9" """, true)]
    [InlineData("""user CONTAINS "" """, true)]
    [InlineData("""user != "alice" """, false)]
    [InlineData("""name = "stock" type = "AWS::DynamoDB::Table" """, true)]
    [InlineData("""message CONTAINS "Denied" """, true)]
    [InlineData("""availabilityzone = "us-west-2c" instance.id BEGINSWITH "i-" """, true)]
    [InlineData("""resource.arn ENDSWITH "task/stock" """, true)]
    public void Asks_about_the_whole_trace(string? expression, bool matches) => AssertMatches(expression, matches);

    [Theory]
    [InlineData("ok OR fault", true)]
    [InlineData("fault OR ok AND error", true)]
    [InlineData("(fault OR ok) AND error", false)]
    [InlineData("fault (ok or !(error))", true)]
    [InlineData("!(fault or error)", false)]
    public void Joins_conditions(string expression, bool matches) => AssertMatches(expression, matches);

    [Theory]
    [InlineData("""annotation.tier = "gold" """, true)]
    [InlineData("annotation.tier = gold", true)]
    [InlineData("""annotation[tier] != "gold" """, false)]
    [InlineData("annotation[count] >= 3", true)]
    [InlineData("annotation.count > 3", false)]
    [InlineData("annotation.count != 4", true)]
    [InlineData("""annotation.count = "3" """, false)]
    [InlineData("annotation[vip] = true", true)]
    [InlineData("annotation[vip] != true", false)]
    [InlineData("""annotation[a.b] = "x" """, true)]
    [InlineData("""annotation["a.b"] BEGINSWITH "x" """, true)]
    [InlineData("annotation.a.b", true)]
    [InlineData("!annotation.age", true)]
    public void Asks_about_annotations(string expression, bool matches) => AssertMatches(expression, matches);

    [Theory]
    [InlineData("""service("stock")""", true)]
    [InlineData("""service("nobody")""", false)]
    [InlineData("service() { fault }", true)]
    [InlineData("service { error }", true)]
    [InlineData("""service("stock") { error }""", true)]
    [InlineData("""service("api") { error }""", false)]
    [InlineData("""service("stock") { fault = true OR responsetime > 2.5 } AND annotation.tier = "gold" """, true)]
    [InlineData("""service("stock") { error and responsetime > 2 }""", false)]
    [InlineData("""service("stock") { error and responsetime < 2 and http.status = 409 }""", true)]
    [InlineData("""service("api") {root = true and fault = true}""", true)]
    [InlineData("""service("stock") { root }""", false)]
    [InlineData("""service("orders") { throttle and inferred }""", true)]
    [InlineData("""service(id(name: "orders", type: "AWS::DynamoDB::Table"))""", true)]
    [InlineData("""service(id(type : "AWS::EC2::Instance", account.id: "111122223333")) { fault }""", true)]
    [InlineData("""service(id(account.id:"444455556666"))""", false)]
    [InlineData("""service(id(type: "client"))""", true)]
    [InlineData("""service { annotation[shelf] = 7 }""", true)]
    [InlineData("""service("api") { annotation[shelf] = 7 }""", false)]
    [InlineData("""service("api") { user = "alice" } !service("web")""", true)]
    [InlineData("""service("stock") { user }""", false)]
    [InlineData("""service() { message = "bad input" and name = "stock" }""", true)]
    [InlineData("""service("api") { http.url CONTAINS "orders" and instance.id = "i-0cd9e448" }""", true)]
    public void Asks_about_services(string expression, bool matches) => AssertMatches(expression, matches);

    [Theory]
    [InlineData("""edge("api", "stock")""", true)]
    [InlineData("""edge("stock", "api")""", false)]
    [InlineData("""edge("api", "stock") { error }""", true)]
    [InlineData("""edge("api", "stock") { error and responsetime > 1 }""", false)]
    [InlineData("""edge("api", "stock") { http.status = 500 and duration > 4.8 }""", true)]
    [InlineData("""edge("api", id(type: "AWS::DynamoDB::Table")) { throttle }""", true)]
    [InlineData("edge() { throttle }", true)]
    [InlineData("edge { source.annotation[tier] = \"gold\" }", true)]
    [InlineData("edge { destination.annotation[shelf] = 7 and fault }", true)]
    [InlineData("edge { source.annotation.shelf }", false)]
    [InlineData("""edge { destination.type = "AWS::DynamoDB::Table" source.fault }""", true)]
    [InlineData("""edge(id(type: "client"), "api") { http.status = 502 }""", true)]
    [InlineData("""edge(id(), "stock")""", true)]
    public void Asks_about_edges(string expression, bool matches) => AssertMatches(expression, matches);

    [Theory]
    [InlineData("""rootcause.fault.entity { last and name = "deserialize" }""", true)]
    [InlineData("""rootcause.fault.entity { first and name = "deserialize" }""", false)]
    [InlineData("""rootcause.fault.entity { remote and name = "stock" }""", true)]
    [InlineData("""rootcause.fault.service { name = "stock" }""", true)]
    [InlineData("""rootcause.fault.service { name = stock and index = 1 and last }""", true)]
    [InlineData("""rootcause.fault.service { inferred and name = stock }""", false)]
    [InlineData("rootcause.fault.service { index > 5 }", false)]
    [InlineData("""rootcause.fault.exception { last and message = "Access Denied" }""", true)]
    [InlineData("""rootcause.fault.exception { first and name = "IOException" }""", false)]
    [InlineData("""rootcause.error.service { name = "stock" }""", true)]
    [InlineData("rootcause.error.exception", false)]
    [InlineData("rootcause.responsetime.entity { last and coverage > 0.7 }", true)]
    [InlineData("""rootcause.responsetime.entity { remote and coverage > 0.8 and name = "stock" }""", true)]
    [InlineData("""rootcause.responsetime.service { last and type = "AWS::DynamoDB" }""", false)]
    [InlineData("""rootcause.json = #[{ "Services": [ { "Name": "api", "EntityPath": [{ "Name": "api" }, { "Name": "work" }, { "Name": "stock" } ] }, { "Name": "stock", "EntityPath": [ { "Name": "stock" }, { "Name": "deserialize", "Coverage": 0.75 } ] } ] }]""", true)]
    [InlineData("""rootcause.json = #[{"Services":[{"Name":"api","AccountId":111122223333,"Inferred":false},{"Type":null}],"ClientImpacting":true}]""", true)]
    [InlineData("""json = #[{ "Services": [ { "Name": "api" } ] }] AND fault""", false)]
    [InlineData("json = #[{}]", true)]
    public void Asks_about_root_causes(string expression, bool matches) => AssertMatches(expression, matches);

    [Theory]
    [InlineData("""group.name = "slow" AND user = "alice" """, true)]
    [InlineData("""group.name != "slow" """, false)]
    [InlineData("""group.arn = "arn:of:all" """, true)]
    [InlineData("""group.name = "nested" """, true)]
    public void Asks_whether_a_trace_is_in_a_group(string expression, bool matches) =>
        Assert.Equal(matches, FilterExpression.Parse(expression, new Groups()).Matches(Sample));

    [Theory]
    [InlineData("""service("a" { fault }""", 13, "{ where ) was expected")]
    [InlineData("""service("a") { fault""", 21, "the end where } was expected")]
    [InlineData("""edge("a")""", 9, ") where , was expected")]
    [InlineData("""service(id(colour: "red"))""", 12, "name, type or account.id")]
    [InlineData("service(api)", 9, "a name in quotes or id()")]
    [InlineData("service", 8, "the end where { was expected")]
    [InlineData("colour = 1", 1, "colour is unknown")]
    [InlineData("duration > fast", 12, "fast where a number")]
    [InlineData("duration > 1e999", 12, "1e999 where a number")]
    [InlineData("duration CONTAINS 3", 10, "CONTAINS does not fit")]
    [InlineData("annotation.a < \"b\"", 14, "< does not fit")]
    [InlineData("fault = 1", 9, "true or false")]
    [InlineData("duration >", 11, "the end")]
    [InlineData("http.url = \"open", 12, "closing quote")]
    [InlineData("error AND", 10, "the end where a keyword")]
    [InlineData("error OR", 9, "the end where a keyword")]
    [InlineData("OR error", 1, "OR is unknown")]
    [InlineData("!", 2, "the end")]
    [InlineData("(error", 7, "the end where ) was expected")]
    [InlineData("error)", 6, ")")]
    [InlineData("annotation[", 11, "[ without ]")]
    [InlineData("annotation[]", 12, "a key was expected")]
    [InlineData("annotation = 1", 12, "[ and a key")]
    [InlineData("error; drop", 6, "';'")]
    [InlineData("first", 1, "first says nothing about a whole trace")]
    [InlineData("service() { coverage > 1 }", 13, "coverage says nothing about a service")]
    [InlineData("rootcause.fault.entity { coverage > 1 }", 26, "coverage says nothing")]
    [InlineData("service() { edge() }", 13, "edge is unknown")]
    [InlineData("edge { source.colour }", 15, "colour is unknown")]
    [InlineData("rootcause.responsetime.exception", 1, "is unknown")]
    [InlineData("rootcause.json = [{}]", 18, "[ where #[ was expected")]
    [InlineData("rootcause.json = #[{]", 19, "JSON was expected")]
    [InlineData("rootcause.json = #{}", 19, "an array was expected")]
    [InlineData("""json = #[{"Name":"a"}]""", 9, "Name is no field of a root cause here")]
    [InlineData("""json = #[{"Services":[{"Name":"\ud800"}]}]""", 9, "JSON was expected")]
    [InlineData("""group.name = "nobody" """, 14, "there is no group nobody")]
    [InlineData("group.name", 11, "= or !=")]
    [InlineData("""group.name = "endless" """, 14, "groups inside more than 5 others")]
    public void Says_what_it_does_not_understand_and_where(string expression, int position, string what)
    {
        var error = Assert.Throws<AwsException>(() => FilterExpression.Parse(expression, new Groups()));

        Assert.Equal(("InvalidRequestException", 400), (error.Code, error.Status));
        Assert.Contains($"position {position}:", error.Message);
        Assert.Contains(what, error.Message);
    }

    [Fact]
    public void Takes_no_expression_that_is_huge()
    {
        string[] huge =
        [
            $"user = \"{new string('a', 20_000)}\"", string.Join(' ', Enumerable.Repeat("ok", 1_000)), new string('(', 5_000) + "ok",
            string.Concat(Enumerable.Repeat("!(", 60)) + "ok" + new string(')', 60),
        ];

        Assert.All(huge, text => Assert.Equal("InvalidRequestException", Assert.Throws<AwsException>(() => FilterExpression.Parse(text)).Code));
    }

    static void AssertMatches(string? expression, bool matches)
    {
        var filter = FilterExpression.Parse(expression);

        Assert.Equal(matches, filter.Matches(Sample));
        Assert.Equal(matches, FilterExpression.Parse(filter.ToString()).Matches(Sample));
        var terms = TraceTerms.Of(Sample).ToHashSet();
        if (matches) Assert.All(filter.Plan(), clause => Assert.True(terms.Overlaps(clause)));
    }

    sealed class Groups : IFilterGroups
    {
        public string? FindExpression(string nameOrArn) => nameOrArn switch
        {
            "slow" => "responseTime > 3",
            "arn:of:all" => "",
            "nested" => """group.name = "slow" and fault""",
            "endless" => """group.name = "endless" """,
            _ => null,
        };
    }
}
