using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lambray.Tracing.Segments;
using Xunit;

namespace Lambray.Tests.Server.S3;

/// <summary>Functions that are told of objects: permission, event, trace; and nothing lost when the server is killed.</summary>
public sealed class NotifyingFunctions(ProcessServer server) : IClassFixture<ProcessServer>
{
    const string Arn = $"arn:aws:lambda:{WholeServer.Region}:{WholeServer.Account}:function:";

    /// <summary>Keeps what it was told as an object, named after what it was told of, with its trace header.</summary>
    const string KeepingSource = """
        const http = require('http');
        exports.handler = (event) => new Promise((resolve, reject) => {
          const { eventName, s3 } = event.Records[0];
          const path = '/kept/' + encodeURIComponent(eventName + ' ' + decodeURIComponent(s3.object.key.replaceAll('+', ' ')));
          http.request(process.env.AWS_ENDPOINT_URL + path, { method: 'PUT', headers: { 'x-amz-meta-trace': process.env._X_AMZN_TRACE_ID } },
            answer => answer.resume().on('end', resolve)).on('error', reject).end(JSON.stringify(event));
        });
        """;

    [Fact]
    public async Task A_function_with_the_permission_is_told_in_the_trace_of_the_writer()
    {
        await server.SendAsync(HttpMethod.Put, "/kept");
        await server.SendAsync(HttpMethod.Put, "/source");
        await server.CreateAsync("told", KeepingSource, new JsonObject { ["TracingConfig"] = new JsonObject { ["Mode"] = "Active" } });
        var config = Configuration($"{Arn}told");
        var refused = await server.SendAsync(HttpMethod.Put, "/source?notification", config);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("Unable to validate the following destination configurations", refused.Body, StringComparison.Ordinal);
        await server.SendAsync(HttpMethod.Post, "/2015-03-31/functions/told/policy", Permission("arn:aws:s3:::other"));
        Assert.Equal(HttpStatusCode.BadRequest, (await server.SendAsync(HttpMethod.Put, "/source?notification", config)).Status);
        await server.SendAsync(HttpMethod.Post, "/2015-03-31/functions/told/policy", Permission("arn:aws:s3:::source"));
        var accepted = await server.SendAsync(HttpMethod.Put, "/source?notification", config);
        Assert.True(accepted.Status == HttpStatusCode.OK, accepted.Body);
        Assert.Equal(config, (await server.SendAsync(HttpMethod.Get, "/source?notification")).Body.Replace(" xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"", "", StringComparison.Ordinal)
            .Replace("<?xml version=\"1.0\" encoding=\"utf-8\"?>", "", StringComparison.Ordinal));

        var trace = TraceId.New(TimeProvider.System.GetUtcNow());
        await PutAsync("/source/in/a%20b.txt", "hello", $"Root={trace};Parent=53995c3f42cd8ad8;Sampled=1");
        var (told, header) = await KeptAsync("ObjectCreated:Put in/a b.txt");
        var subject = told.GetProperty("Records")[0].GetProperty("s3").GetProperty("object");
        Assert.Equal(("in/a+b.txt", 5), (subject.GetProperty("key").GetString(), subject.GetProperty("size").GetInt32()));
        Assert.Equal(trace, TraceHeader.Parse(header).Root);

        await server.SendAsync(HttpMethod.Delete, "/source/in/a%20b.txt");
        await KeptAsync("ObjectRemoved:Delete in/a b.txt");
        // An asynchronous invocation like any other: its segment hangs where the writer's header says.
        await Eventually.HoldsAsync(async () =>
        {
            var traces = await server.SendAsync(HttpMethod.Post, "/Traces", $$"""{"TraceIds":["{{trace}}"]}""");
            return traces.Body.Contains("\\\"parent_id\\\":\\\"53995c3f42cd8ad8\\\"", StringComparison.Ordinal) && traces.Body.Contains("Dwell Time", StringComparison.Ordinal);
        }, () => "The trace has Lambda's segment");
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_and_told_after_a_kill()
    {
        using var data = new TemporaryDirectory();
        var stop = TestContext.Current.CancellationToken;
        var acknowledged = new List<string>();
        string? part;
        using (var before = await ServerProcess.StartAsync(data, null, "--region", WholeServer.Region, "--isolation", "process", "--prestarted-max", "0"))
        {
            foreach (var bucket in (string[])["kept", "source", "parts"]) await ExpectAsync(before.Http.PutAsync($"/{bucket}", null, stop));
            await before.CreateAsync("told", KeepingSource);
            await ExpectAsync(before.Http.PostAsync("/2015-03-31/functions/told/policy", new StringContent(Permission("arn:aws:s3:::source")), stop), HttpStatusCode.Created);
            await ExpectAsync(before.Http.PutAsync("/source?notification", new StringContent(Configuration($"{Arn}told")), stop));
            var upload = Between(await (await before.Http.PostAsync("/parts/whole?uploads", null, stop)).Content.ReadAsStringAsync(stop), "<UploadId>", "</UploadId>");
            await ExpectAsync(before.Http.PutAsync($"/parts/whole?uploadId={upload}&partNumber=1", new StringContent("first part"), stop));
            part = upload;
            using var half = await BeginUploadAsync(before.Http.BaseAddress!);
            var writers = Enumerable.Range(0, 8).Select(writer => WriteUntilGoneAsync(before.Http, writer, acknowledged)).ToList();
            await Eventually.HoldsAsync(() => { lock (acknowledged) return acknowledged.Count > 60; }, "some writes are acknowledged");
            await before.KillAsync();
            await Task.WhenAll(writers);
        }

        using var after = await ServerProcess.StartAsync(data, null, "--region", WholeServer.Region, "--isolation", "process", "--prestarted-max", "0");
        Assert.Empty(Directory.GetFiles(Path.Combine(data.Path, "s3", "uploads")));
        Assert.Equal(HttpStatusCode.NotFound, (await after.Http.GetAsync("/parts/half", stop)).StatusCode);
        foreach (var key in acknowledged) Assert.Equal(BodyOf(key), await after.Http.GetStringAsync($"/source/in/{key}", stop));
        await Eventually.HoldsAsync(async () =>
        {
            foreach (var key in acknowledged)
                if ((await after.Http.GetAsync($"/kept/{Uri.EscapeDataString($"ObjectCreated:Put in/{key}")}")).StatusCode != HttpStatusCode.OK) return false;
            return true;
        }, () => "The function is told of every object that was acknowledged");
        var etag = Between(await after.Http.GetStringAsync($"/parts/whole?uploadId={part}", stop), "<ETag>", "</ETag>");
        await ExpectAsync(after.Http.PostAsync($"/parts/whole?uploadId={part}", new StringContent(
            $"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{etag}</ETag></Part></CompleteMultipartUpload>"), stop));
        Assert.Equal("first part", await after.Http.GetStringAsync("/parts/whole", stop));
    }

    static async Task WriteUntilGoneAsync(HttpClient http, int writer, List<string> acknowledged)
    {
        for (var n = 0; ; n++)
        {
            var key = $"{writer}-{n}";
            try
            {
                using var answer = await http.PutAsync($"/source/in/{key}", new StringContent(BodyOf(key)));
                if (!answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                return;
            }
            lock (acknowledged) acknowledged.Add(key);
        }
    }

    /// <summary>Begins an upload and sends half of it.</summary>
    static async Task<TcpClient> BeginUploadAsync(Uri address)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"PUT /parts/half HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Length: 2000000\r\n\r\n"));
        await connection.GetStream().WriteAsync(new byte[1_000_000]);
        return connection;
    }

    // Every other is too large to lie in the database.
    static string BodyOf(string key) => string.Concat(Enumerable.Repeat(key, key[^1] % 2 == 0 ? 300 : 20_000));

    async Task PutAsync(string path, string body, string traceHeader)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(body) };
        request.Headers.Add("X-Amzn-Trace-Id", traceHeader);
        using var answer = await server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    async Task<(JsonElement Event, string TraceHeader)> KeptAsync(string name)
    {
        HttpResponseMessage? kept = null;
        await Eventually.HoldsAsync(async () => (kept = await server.Http.GetAsync($"/kept/{Uri.EscapeDataString(name)}")).StatusCode == HttpStatusCode.OK, () => $"{name} is told");
        return (JsonElement.Parse(await kept!.Content.ReadAsStringAsync()), kept.Headers.GetValues("x-amz-meta-trace").Single());
    }

    static async Task ExpectAsync(Task<HttpResponseMessage> sent, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await sent;
        if (answer.StatusCode != status) throw new HttpRequestException(await answer.Content.ReadAsStringAsync());
    }

    static string Configuration(string function) =>
        $"<NotificationConfiguration><CloudFunctionConfiguration><Id>in</Id><CloudFunction>{function}</CloudFunction><Event>s3:ObjectCreated:*</Event><Event>s3:ObjectRemoved:*</Event><Filter><S3Key><FilterRule><Name>Prefix</Name><Value>in/</Value></FilterRule></S3Key></Filter></CloudFunctionConfiguration></NotificationConfiguration>";

    static string Permission(string source) => new JsonObject
    {
        ["StatementId"] = Guid.NewGuid().ToString(),
        ["Action"] = "lambda:InvokeFunction",
        ["Principal"] = "s3.amazonaws.com",
        ["SourceArn"] = source,
        ["SourceAccount"] = WholeServer.Account,
    }.ToJsonString();

    static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
