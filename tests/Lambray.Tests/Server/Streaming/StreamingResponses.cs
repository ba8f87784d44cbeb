using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.Streaming;

/// <summary>Responses that reach their caller while the function still writes them.</summary>
public sealed class StreamingResponses(StreamingResponses.Fixture server) : IClassFixture<StreamingResponses.Fixture>
{
    /// <summary>A server with a streaming function.</summary>
    public sealed class Fixture : WholeServer
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await SendAsync(HttpMethod.Put, "/gate");
            await CreateAsync("stream", Zip(("index.mjs", StreamingRuntime.Source)));
            await CreateAsync("brief", Zip(("index.mjs", StreamingRuntime.Source)), new JsonObject { ["Timeout"] = 1 });
            await CreateAsync("whole", "exports.handler = async (event) => { if (event.fail) throw new RangeError('late'); return { got: event }; };");
        }
    }

    [Fact]
    public async Task The_AWS_SDK_reads_each_chunk_when_it_was_written()
    {
        var seen = JsonElement.Parse((await ClientProcess.Node("response-stream.mjs", server.Address.ToString(), "stream",
            """{"gate":true,"chunks":["first, ","second"],"contentType":"text/plain"}""")).Succeeded);
        Assert.Equal((200, "$LATEST", "first, second"),
            (seen.GetProperty("StatusCode").GetInt32(), seen.GetProperty("ExecutedVersion").GetString(), seen.GetProperty("text").GetString()));
        var complete = seen.GetProperty("complete");
        Assert.False(complete.TryGetProperty("ErrorCode", out _));
        Assert.Contains("REPORT RequestId: ", System.Text.Encoding.UTF8.GetString(complete.GetProperty("LogResult").GetBytesFromBase64()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_behind_the_first_bytes_ends_the_stream()
    {
        var body = Convert.ToBase64String("""{"errorType":"Late","errorMessage":"too late"}"""u8);
        var payload = $$"""{"chunks":["some"],"trailers":{"Lambda-Runtime-Function-Error-Type":"Late","Lambda-Runtime-Function-Error-Body":"{{body}}"} }""";
        var streamed = await StreamAsync("stream", payload);
        Assert.Equal((HttpStatusCode.OK, "some", "Unhandled", "too late"),
            (streamed.Status, streamed.Payload, streamed.ErrorCode, streamed.ErrorDetails.GetProperty("errorMessage").GetString()));
        var whole = await server.InvokeAsync("stream", payload);
        Assert.Equal(("Unhandled", "Late"), (whole.FunctionError, whole.ErrorType));
    }

    [Fact]
    public async Task A_plain_caller_gets_the_stream_as_a_whole()
    {
        var answer = await server.InvokeAsync("stream", """{"chunks":["a","b","c"],"contentType":"text/csv"}""");
        Assert.Equal("abc", answer.Succeeded);
        var large = await server.InvokeAsync("stream", """{"megabytes":7}""");
        Assert.Equal(("Function.ResponseSizeTooLarge", "Response payload size exceeded maximum allowed payload size (6291556 bytes)."), (large.ErrorType, large.ErrorMessage));
        Assert.Equal("fine", (await server.InvokeAsync("stream", """{"chunks":["fine"]}""")).Succeeded);
        Assert.Equal(7 * 1024 * 1024, (await StreamAsync("stream", """{"megabytes":7}""")).Payload.Length);
    }

    [Theory]
    [InlineData("connection", "stream", "Runtime.TruncatedResponse")]
    [InlineData("process", "stream", "Runtime.TruncatedResponse")]
    [InlineData("never", "brief", "Sandbox.Timedout")]
    public async Task A_stream_that_breaks_off_is_an_error(string cut, string function, string type)
    {
        var streamed = await StreamAsync(function, $$"""{"chunks":["begun"],"cut":"{{cut}}"}""");
        Assert.Equal(("begun", "Unhandled", type), (streamed.Payload, streamed.ErrorCode, streamed.ErrorDetails.GetProperty("errorType").GetString()));
        Assert.Equal("fine", (await server.InvokeAsync(function, """{"chunks":["fine"]}""")).Succeeded);
    }

    [Fact]
    public async Task Answers_that_break_the_rules_are_refused()
    {
        await server.CreateAsync("strict", WholeServer.Zip(("index.mjs", StreamingRuntime.Source)));
        Assert.Equal("fine", (await server.InvokeAsync("strict", """{"invocationId":"of another attempt","chunks":["fine"]}""")).Succeeded);
        Assert.Equal("Runtime.InvalidResponseModeHeader", (await server.InvokeAsync("strict", """{"mode":"trickling","chunks":["x"]}""")).ErrorType);
        Assert.Equal("""[[400,"InvalidInvocationId"],[202,null],[400,"InvalidFunctionResponseMode"]]""", (await server.InvokeAsync("strict", """{"seen":true}""")).Succeeded);
    }

    [Fact]
    public async Task A_function_whose_caller_has_gone_runs_to_its_end()
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var request = Request("stream", """{"chunks":["first"],"megabytes":30,"done":"gone"}""");
        using (var answer = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leaving.Token))
        {
            var first = await answer.Content.ReadAsStreamAsync(leaving.Token);
            Assert.NotEqual(0, await first.ReadAsync(new byte[16], leaving.Token));
        }
        await Eventually.HoldsAsync(async () => (await server.SendAsync(HttpMethod.Get, "/gate/gone")).Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_function_that_does_not_stream_is_one_chunk_or_an_error()
    {
        var streamed = await StreamAsync("whole", """{"a":1}""");
        Assert.Equal(("""{"got":{"a":1}}""", null), (streamed.Payload, streamed.ErrorCode));
        var failed = await StreamAsync("whole", """{"fail":true}""");
        Assert.Equal(("", "Unhandled", "RangeError"), (failed.Payload, failed.ErrorCode, failed.ErrorDetails.GetProperty("errorType").GetString()));
        using var answer = await server.Http.SendAsync(Request("absent", "{}"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    async Task<StreamedInvocation> StreamAsync(string function, string payload)
    {
        using var answer = await server.Http.SendAsync(Request(function, payload), TestContext.Current.CancellationToken);
        return await StreamedInvocation.ReadAsync(answer, TestContext.Current.CancellationToken);
    }

    static HttpRequestMessage Request(string function, string payload) =>
        new(HttpMethod.Post, $"/2021-11-15/functions/{function}/response-streaming-invocations") { Content = new StringContent(payload) };
}
