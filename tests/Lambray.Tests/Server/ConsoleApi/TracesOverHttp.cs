using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lambray.Tracing.Segments;
using Xunit;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>What the console's pages ask the server for.</summary>
public sealed class TracesOverHttp(WholeServer server) : IClassFixture<WholeServer>
{
    const string Traces = "/_lambray/api/traces";

    [Fact]
    public async Task The_list_has_the_newest_first_with_what_its_columns_show()
    {
        var now = TimeProvider.System.GetUtcNow();
        var older = await SendAsync("older", now.AddSeconds(-8), 0.25, new() { ["http"] = Http("PUT", "https://shop.example/cart", 503), ["fault"] = true });
        var newer = await SendAsync("newer", now.AddSeconds(-4), 0.5);

        var list = (await AskAsync(Traces)).Succeeded.GetProperty("traces").EnumerateArray().Where(item => Text(item, "name") is "older" or "newer").ToList();

        Assert.Equal([newer.ToString(), older.ToString()], list.Select(item => Text(item, "id")));
        var item = list[1];
        Assert.Equal(("fault", "PUT", "https://shop.example/cart"), (Text(item, "status"), Text(item, "httpMethod"), Text(item, "httpUrl")));
        Assert.Equal((503, 1), (item.GetProperty("httpStatus").GetInt32(), item.GetProperty("segmentCount").GetInt32()));
        Assert.Equal((250_000, 250_000), (item.GetProperty("durationMicroseconds").GetInt64(), item.GetProperty("responseTimeMicroseconds").GetInt64()));
        Assert.Equal(("ok", JsonValueKind.Null), (Text(list[0], "status"), list[0].GetProperty("httpUrl").ValueKind));
    }

    [Fact]
    public async Task The_list_keeps_to_the_minutes_and_the_number_asked_for()
    {
        var now = TimeProvider.System.GetUtcNow();
        await SendAsync("long ago", now.AddMinutes(-50), 1);
        await SendAsync("lately", now.AddSeconds(-2), 1);

        Assert.Contains("long ago", await NamesAsync($"{Traces}?minutes=60"));
        Assert.DoesNotContain("long ago", await NamesAsync($"{Traces}?minutes=5"));
        Assert.Single(await NamesAsync($"{Traces}?limit=1"));
    }

    [Fact]
    public async Task A_trace_has_a_row_for_each_segment_and_subsegment_with_its_own_fields_only()
    {
        var start = TimeProvider.System.GetUtcNow().AddSeconds(-3);
        var seconds = SentSegment.Seconds(start);
        var subsegment = new JsonObject
        {
            ["id"] = "53995c3f42cd8ad8",
            ["name"] = "S3",
            ["namespace"] = "aws",
            ["start_time"] = seconds + 0.125,
            ["end_time"] = seconds + 0.375,
        };
        var id = await SendAsync("shop", start, 0.5, new() { ["subsegments"] = new JsonArray(subsegment), ["annotations"] = new JsonObject { ["customer"] = 7 } });

        var trace = (await AskAsync($"{Traces}/{id}")).Succeeded;

        var rows = trace.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(["shop", "S3"], rows.Take(2).Select(row => Text(row, "name")));
        Assert.Equal((500_000, "ok"), (trace.GetProperty("durationMicroseconds").GetInt64(), Text(trace, "status")));
        Assert.Equal(("subsegment", "aws", 1), (Text(rows[1], "kind"), Text(rows[1], "namespace"), rows[1].GetProperty("depth").GetInt32()));
        Assert.Equal((125_000, 250_000), (rows[1].GetProperty("startOffsetMicroseconds").GetInt64(), rows[1].GetProperty("durationMicroseconds").GetInt64()));
        Assert.Equal(7, rows[0].GetProperty("document").GetProperty("annotations").GetProperty("customer").GetInt32());
        Assert.False(rows[0].GetProperty("document").TryGetProperty("subsegments", out _), "They are rows of their own.");
    }

    [Theory]
    [InlineData("/1-5f84c7a1-0123456789abcdef01234567", HttpStatusCode.NotFound, "There is no trace 1-5f84c7a1-0123456789abcdef01234567.")]
    [InlineData("/teapot", HttpStatusCode.BadRequest, "'teapot' is not a trace id.")]
    [InlineData("?minutes=0", HttpStatusCode.BadRequest, "'minutes' must be a number from 1 to 43200.")]
    [InlineData("?minutes=soon", HttpStatusCode.BadRequest, "'minutes' must be a number from 1 to 43200.")]
    [InlineData("?minutes=5&minutes=6", HttpStatusCode.BadRequest, "'minutes' must be a number from 1 to 43200.")]
    [InlineData("?limit=1001", HttpStatusCode.BadRequest, "'limit' must be a number from 1 to 1000.")]
    [InlineData("?limit=", HttpStatusCode.BadRequest, "'limit' must be a number from 1 to 1000.")]
    public async Task What_cannot_be_answered_is_told_in_a_sentence(string question, HttpStatusCode status, string message)
    {
        var answer = await AskAsync(Traces + question);

        Assert.Equal((status, message), (answer.Status, Text(answer.Json, "message")));
    }

    Task<TraceId> SendAsync(string name, DateTimeOffset start, double seconds, JsonObject? more = null) =>
        SentSegment.SendAsync(server.Http, name, start, seconds, more);

    Task<ApiAnswer> AskAsync(string path) => server.SendAsync(HttpMethod.Get, path);

    async Task<IReadOnlyList<string?>> NamesAsync(string path) =>
        [.. (await AskAsync(path)).Succeeded.GetProperty("traces").EnumerateArray().Select(item => Text(item, "name"))];

    static JsonObject Http(string method, string url, int status) => new()
    {
        ["request"] = new JsonObject { ["method"] = method, ["url"] = url },
        ["response"] = new JsonObject { ["status"] = status },
    };

    static string? Text(JsonElement item, string field) => item.GetProperty(field).GetString();
}
