using System.Net;
using System.Text.Json;
using Lambray.Tests.Tracing;
using Xunit;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>What the console asks the server for its pages.</summary>
public sealed class AnsweringTheConsole(ProcessServer server) : IClassFixture<ProcessServer>
{
    const string Traces = "/_lambray/api/traces";

    [Fact]
    public async Task Lists_the_traces_of_the_time_asked_for_the_newest_first()
    {
        var old = await ConsoleTraces.SendAsync(server.Http, TimeSpan.FromMinutes(90), segment => segment);
        var older = await ConsoleTraces.SendAsync(server.Http, TimeSpan.FromMinutes(20), segment => segment with { Fault = true });
        var newer = await ConsoleTraces.SendAsync(server.Http, TimeSpan.FromMinutes(10), segment => segment with { Name = "shop", Origin = "AWS::Lambda" });

        var lastHour = await ListAsync("");
        Assert.Equal([newer.ToString(), older.ToString()], Ids(lastHour));
        Assert.Equal("""{"name":"shop","type":"AWS::Lambda","status":"ok","duration":250000,"segmentCount":1}""", Some(lastHour[0], "name", "type", "status", "duration", "segmentCount"));
        Assert.Equal("fault", lastHour[1].GetProperty("status").GetString());
        Assert.Equal([newer.ToString(), older.ToString(), old.ToString()], Ids(await ListAsync("?last=120")));
        Assert.Equal([newer.ToString()], Ids(await ListAsync("?limit=1")));
    }

    [Fact]
    public async Task Lays_a_trace_out_in_rows()
    {
        var id = await ConsoleTraces.SendAsync(server.Http, TimeSpan.FromHours(3), segment => segment with
        {
            Subsegments = [TestSegments.Subsegment() with { Name = "S3", Namespace = "aws", StartTime = segment.StartTime, EndTime = null }],
        });

        var trace = (await server.SendAsync(HttpMethod.Get, $"{Traces}/{id}")).Succeeded;

        Assert.Equal(250_000, trace.GetProperty("duration").GetInt64());
        var rows = trace.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal("""{"name":"orders","depth":0,"kind":"segment","parentId":null,"duration":250000}""", Some(rows[0], "name", "depth", "kind", "parentId", "duration"));
        Assert.Equal("""{"name":"S3","depth":1,"kind":"subsegment","parentId":"0000000000000001","namespace":"aws","status":"inProgress","duration":null}""",
            Some(rows[1], "name", "depth", "kind", "parentId", "namespace", "status", "duration"));
        Assert.False(trace.GetProperty("grows").GetBoolean());
        var details = (await server.SendAsync(HttpMethod.Get, $"{Traces}/{id}/rows/{rows[0].GetProperty("id").GetString()}")).Succeeded;
        Assert.Equal(1, details.GetProperty("subsegmentCount").GetInt32());
        Assert.False(details.GetProperty("document").TryGetProperty("subsegments", out _));
    }

    [Theory]
    [InlineData("/1-6553f100-0000000000000000000000ff", HttpStatusCode.NotFound, "There is no trace 1-6553f100-0000000000000000000000ff.")]
    [InlineData("/nonsense", HttpStatusCode.BadRequest, "'nonsense' is not a trace id.")]
    [InlineData("?last=0", HttpStatusCode.BadRequest, "'last' must be a number from 1 to 43200.")]
    [InlineData("?last=43201", HttpStatusCode.BadRequest, "'last' must be a number from 1 to 43200.")]
    [InlineData("?limit=1001", HttpStatusCode.BadRequest, "'limit' must be a number from 1 to 1000.")]
    [InlineData("?limit=ten", HttpStatusCode.BadRequest, "A parameter in ?limit=ten is missing or cannot be read.")]
    [InlineData("?limit=99999999999", HttpStatusCode.BadRequest, "A parameter in ?limit=99999999999 is missing or cannot be read.")]
    public async Task Says_what_is_wrong(string asked, HttpStatusCode status, string message)
    {
        var answer = await server.SendAsync(HttpMethod.Get, Traces + asked);

        Assert.Equal(status, answer.Status);
        Assert.Equal(message, answer.Json.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData(Traces)]
    [InlineData(Traces + "/nonsense")]
    public async Task No_cache_keeps_an_answer(string path)
    {
        using var answer = await server.Http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
    }

    async Task<List<JsonElement>> ListAsync(string query) =>
        [.. (await server.SendAsync(HttpMethod.Get, Traces + query)).Succeeded.GetProperty("traces").EnumerateArray()];

    static IEnumerable<string?> Ids(List<JsonElement> traces) => traces.Select(trace => trace.GetProperty("id").GetString());

    static string Some(JsonElement item, params string[] fields) =>
        $"{{{string.Join(',', fields.Select(field => $"\"{field}\":{item.GetProperty(field).GetRawText()}"))}}}";
}
