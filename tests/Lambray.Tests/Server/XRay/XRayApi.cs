using System.Net;
using System.Text.Json;
using Lambray.Tests.Tracing;
using Lambray.Tracing.Segments;
using Xunit;

namespace Lambray.Tests.Server.XRay;

public sealed class XRayApi : IAsyncLifetime
{
    const string ChainRange = """ "StartTime":1681574400,"EndTime":"2023-04-15T16:01:00Z" """;

    XRayServer server = null!;

    public async ValueTask InitializeAsync() => server = await XRayServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Reports_the_documents_it_could_not_take()
    {
        var answer = await server.PutAsync("[]", LambdaTraces.ChainDocuments[1], """{"id":"18476b3c270cc8d2","name":"a"}""");

        Assert.Equal(
            """{"UnprocessedTraceSegments":[{"ErrorCode":"MissingId","Message":"Invalid segment. ErrorCode: MissingId"},{"Id":"18476b3c270cc8d2","ErrorCode":"MissingTraceId","Message":"Invalid segment. ErrorCode: MissingTraceId"}]}""",
            answer.GetRawText());
    }

    [Fact]
    public async Task Gives_a_trace_back_by_its_id_and_names_those_it_lacks()
    {
        await server.PutAsync(LambdaTraces.ChainDocuments);

        var answer = await server.PostAsync("/Traces", $$"""{"TraceIds":["{{LambdaTraces.Chain}}","{{LambdaTraces.Asynchronous}}","nonsense"]}""");

        Assert.Equal([LambdaTraces.Asynchronous.ToString(), "nonsense"], answer.GetProperty("UnprocessedTraceIds").EnumerateArray().Select(id => id.GetString()));
        var trace = Assert.Single(answer.GetProperty("Traces").EnumerateArray());
        Assert.Equal("1.449152", trace.GetProperty("Duration").GetRawText());
        var documents = trace.GetProperty("Segments").EnumerateArray().ToDictionary(
            segment => segment.GetProperty("Id").GetString()!, segment => segment.GetProperty("Document").GetString()!);
        Assert.Equal(6, documents.Count);
        Assert.Equal(LambdaTraces.ChainDocuments[1], documents["5f8d1a23aa89bd66"]);
        Assert.Contains("\"subsegments\":[{\"id\":\"b65ecbeb00000006\"", documents["03e476fc00000002"]);
    }

    [Fact]
    public async Task Sums_up_the_traces_of_a_range()
    {
        await server.PutAsync(LambdaTraces.ChainDocuments);

        var answer = await server.PostAsync("/TraceSummaries", $$"""{ {{ChainRange}} }""");

        var summary = Assert.Single(answer.GetProperty("TraceSummaries").EnumerateArray());
        Assert.Equal(LambdaTraces.Chain.ToString(), summary.GetProperty("Id").GetString());
        Assert.Equal(1.444, summary.GetProperty("ResponseTime").GetDouble(), 6);
        Assert.Equal("POST", summary.GetProperty("Http").GetProperty("HttpMethod").GetString());
        Assert.Equal("AWS::ApiGateway::Stage", summary.GetProperty("EntryPoint").GetProperty("Type").GetString());
        Assert.Equal("a1b2", summary.GetProperty("Annotations").GetProperty("aws:api_id")[0].GetProperty("AnnotationValue").GetProperty("StringValue").GetString());
        Assert.Equal(7, summary.GetProperty("ServiceIds").GetArrayLength());
        Assert.Equal(1, answer.GetProperty("TracesProcessedCount").GetInt32());
        Assert.False(answer.TryGetProperty("NextToken", out _));
    }

    [Theory]
    [InlineData("""service(\"todo-list-app-dev-postTask\") AND http.status = 201""", 1)]
    [InlineData("""duration < 1""", 0)]
    public async Task Gives_only_traces_that_the_filter_expression_lets_through(string filter, int count)
    {
        await server.PutAsync(LambdaTraces.ChainDocuments);

        var answer = await server.PostAsync("/TraceSummaries", $$"""{ {{ChainRange}},"FilterExpression":"{{filter}}"}""");

        Assert.Equal(count, answer.GetProperty("TraceSummaries").GetArrayLength());
        Assert.Equal(1, answer.GetProperty("TracesProcessedCount").GetInt32());
    }

    [Fact]
    public async Task Pages_backwards_in_time_without_losing_or_repeating_a_trace()
    {
        var ids = Enumerable.Range(0, 250).Select(number => TestSegments.Id($"1-6553f100-{number:x24}")).ToArray();
        await server.PutAsync([.. ids.Select((id, index) => SegmentDocument.Write(TestSegments.Segment(trace: id, start: index, end: index + 1)))]);

        var found = new List<string>();
        string? token = null;
        do
        {
            var next = token is null ? "" : $",\"NextToken\":\"{token}\"";
            var page = await server.PostAsync("/TraceSummaries", $$"""{"StartTime":{{TestSegments.Noon}},"EndTime":{{TestSegments.Noon + 1000}}{{next}}}""");
            found.AddRange(page.GetProperty("TraceSummaries").EnumerateArray().Select(summary => summary.GetProperty("Id").GetString()!));
            token = page.TryGetProperty("NextToken", out var more) ? more.GetString() : null;
        }
        while (token is not null);

        Assert.Equal(ids.Reverse().Select(id => id.ToString()), found);
    }

    [Fact]
    public async Task Finds_traces_by_what_happened_in_them_whichever_time_is_asked_about()
    {
        await server.PutAsync(LambdaTraces.ChainDocuments);
        await server.PutAsync(SegmentDocument.Write(TestSegments.Segment(trace: TestSegments.Id("1-643aca1d-000000000000000000000001"), fault: true, start: -18_425_000, end: -18_424_990)));

        const string filter = """service(\"todo-list-tasks\") { ok } AND edge(id(name: \"dev-todo-list-app/dev\"), id(type: \"AWS::Lambda\")) AND annotation[aws:api_id] = \"a1b2\" AND group.name = \"posts\" """;
        await server.PostAsync("/CreateGroup", """{"GroupName":"posts","FilterExpression":"http.method = \"POST\""}""");
        foreach (var type in (string[])["TraceId", "Service", "Event"])
        {
            var range = type == "Event" ? """ "StartTime":0,"EndTime":4000000000 """ : ChainRange;
            var answer = await server.PostAsync("/TraceSummaries", $$"""{ {{range}},"TimeRangeType":"{{type}}","FilterExpression":"{{filter}}"}""");

            var summary = Assert.Single(answer.GetProperty("TraceSummaries").EnumerateArray());
            Assert.Equal(LambdaTraces.Chain.ToString(), summary.GetProperty("Id").GetString());
            Assert.Equal(type == "Event", summary.TryGetProperty("MatchedEventTime", out _));
            Assert.True(answer.GetProperty("ApproximateTime").GetDouble() > 1_681_574_000);
        }
    }

    [Fact]
    public async Task Gives_large_traces_in_pages_and_cuts_those_that_are_too_large()
    {
        var ids = Enumerable.Range(1, 3).Select(number => TestSegments.Id($"1-6553f100-{number:x24}")).ToArray();
        var filling = new string('x', 60_000);
        foreach (var id in ids)
            await server.PutAsync([.. Enumerable.Range(1, 10).Select(number => SegmentDocument.Write(TestSegments.Segment(id: (ulong)number, trace: id, user: filling)))]);
        var request = $"\"TraceIds\":[{string.Join(',', ids.Select(id => $"\"{id}\""))}]";

        var first = await server.PostAsync("/Traces", $"{{{request}}}");
        var second = await server.PostAsync("/Traces", $"{{{request},\"NextToken\":\"{first.GetProperty("NextToken").GetString()}\"}}");

        Assert.Equal([2, 1], new[] { first, second }.Select(page => page.GetProperty("Traces").GetArrayLength()));
        Assert.False(second.TryGetProperty("NextToken", out _));
        Assert.All(first.GetProperty("Traces").EnumerateArray(), trace =>
        {
            Assert.True(trace.GetProperty("LimitExceeded").GetBoolean());
            Assert.Equal(8, trace.GetProperty("Segments").GetArrayLength());
        });
    }

    [Theory]
    [InlineData("/ServiceGraph", "{" + ChainRange + "}")]
    [InlineData("/TraceGraph", """{"TraceIds":["1-643aca1d-02e095f7341508e00b9b6d2b"]}""")]
    public async Task Draws_the_service_map(string path, string request)
    {
        await server.PutAsync(LambdaTraces.ChainDocuments);

        var services = (await server.PostAsync(path, request)).GetProperty("Services").EnumerateArray().ToArray();

        Assert.Equal("client", services[0].GetProperty("Type").GetString());
        Assert.Equal("unknown", services[0].GetProperty("State").GetString());
        Assert.False(services[0].TryGetProperty("SummaryStatistics", out _));
        var table = services.Single(service => service.GetProperty("Type").GetString() == "AWS::DynamoDB::Table");
        Assert.Equal("todo-list-tasks", table.GetProperty("Names")[0].GetString());
        Assert.Equal(1, table.GetProperty("SummaryStatistics").GetProperty("OkCount").GetInt32());
        Assert.Equal("[{\"Value\":0.082,\"Count\":1}]", table.GetProperty("ResponseTimeHistogram").GetRawText());
        Assert.Single(services, service => service.TryGetProperty("Root", out var root) && root.GetBoolean());
    }

    [Theory]
    [InlineData("/TraceSegments", "{", "not what was expected")]
    [InlineData("/TraceSegments", "{}", "TraceSegmentDocuments")]
    [InlineData("/TraceSegments", """{"TraceSegmentDocuments":[1]}""", "TraceSegmentDocuments")]
    [InlineData("/Traces", """{"TraceIds":[]}""", "1 to 5")]
    [InlineData("/TraceSummaries", """{"StartTime":1}""", "EndTime")]
    [InlineData("/TraceSummaries", """{"StartTime":2,"EndTime":1}""", "after")]
    [InlineData("/TraceSummaries", """{"StartTime":1e300,"EndTime":1}""", "calendar")]
    [InlineData("/TraceSummaries", """{"StartTime":1,"EndTime":2,"TimeRangeType":"Never"}""", "Never")]
    [InlineData("/TraceSummaries", """{"StartTime":1,"EndTime":2,"NextToken":"%%"}""", "NextToken")]
    [InlineData("/TraceSummaries", """{"StartTime":1,"EndTime":2,"SamplingStrategy":{"Name":"FixedRate","Value":2}}""", "from 0 to 1")]
    [InlineData("/TraceSummaries", """{"StartTime":1,"EndTime":2,"Sampling":true,"SamplingStrategy":{"Name":"Some"}}""", "Some")]
    [InlineData("/Traces", """{"TraceIds":["1-643aca1d-02e095f7341508e00b9b6d2b"],"NextToken":"1"}""", "NextToken")]
    [InlineData("/TraceSummaries", """{"StartTime":1,"EndTime":2,"FilterExpression":"ok OR b"}""", "position 7")]
    [InlineData("/ServiceGraph", """{"StartTime":1,"EndTime":2,"GroupName":"mine"}""", "mine")]
    [InlineData("/SamplingTargets", "{}", "SamplingStatisticsDocuments")]
    public async Task Refuses_what_it_does_not_understand_and_says_why(string path, string body, string reason)
    {
        using var answer = await server.SendAsync(path, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("InvalidRequestException", answer.Headers.GetValues("x-amzn-ErrorType").Single());
        Assert.Contains(reason, JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("message").GetString());
    }

    [Fact]
    public async Task Takes_a_daemon_s_figures() =>
        Assert.Equal("{}", (await server.PostAsync("/TelemetryRecords", """{"TelemetryRecords":[{"Timestamp":1,"SegmentsSpilloverCount":2}]}""")).GetRawText());
}
