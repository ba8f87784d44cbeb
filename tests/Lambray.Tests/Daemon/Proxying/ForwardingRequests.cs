using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Lambray.Tests.Server;
using Xunit;

namespace Lambray.Tests.Daemon.Proxying;

public sealed class ForwardingRequests : IAsyncLifetime
{
    StandIn xray = null!;
    RunningDaemon daemon = null!;

    public async ValueTask InitializeAsync()
    {
        xray = await StandIn.StartAsync(request => (request.Target == "/Missing" ? 404 : 200, $"answer to {request.Method} {request.Target}"));
        daemon = await RunningDaemon.StartAsync(xray.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await daemon.DisposeAsync();
        await xray.DisposeAsync();
    }

    [Fact]
    public async Task Passes_any_request_on_and_its_answer_back()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/a%20path/b?x=1&y=%2F") { Content = new StringContent("body", Encoding.UTF8, "text/plain") };
        request.Headers.Add("X-Custom", "kept");
        using var answer = await daemon.Http.SendAsync(request, Cancellation);
        using var missing = await daemon.Http.GetAsync("/Missing", Cancellation);

        Assert.Equal((HttpStatusCode.OK, "answer to PUT /a%20path/b?x=1&y=%2F"), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation)));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        var passed = xray.Requests[0];
        Assert.Equal(("body", "kept", "text/plain; charset=utf-8"), (passed.Body, passed.Headers["X-Custom"], passed.Headers["Content-Type"]));
        Assert.Equal(xray.Address.Authority, passed.Headers["Host"]);
    }

    /// <summary>AWS's own signer of Python does the same with what arrived, and has to come to the same signature.</summary>
    [Fact]
    public async Task Signs_as_the_SDK_of_Python_does()
    {
        await daemon.Http.PostAsync("/GetSamplingRules", new StringContent("{}"), Cancellation);
        await daemon.Http.PostAsync("/tags/a%20b:c/%E2%82%AC?z=1&a=x%20y&a=b", new StringContent("{\"a\":\"ü\"}"), Cancellation);
        await daemon.Http.GetAsync("/Groups", Cancellation);
        daemon.Send("""{"id":"00000000000000aa"}""");
        await daemon.StopAsync();

        var signed = JsonSerializer.Serialize(xray.Requests.Select(request => new { request.Method, Url = new Uri(xray.Address, "/").GetLeftPart(UriPartial.Authority) + request.Target, request.Headers, request.Body }));
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "requests.json");
        await File.WriteAllTextAsync(file, signed, Cancellation);
        var outcome = await ClientProcess.Boto3(xray.Address, $$"""
            from botocore.auth import SigV4Auth
            from botocore.awsrequest import AWSRequest
            from botocore.credentials import Credentials
            for request in json.load(open('{{file}}', encoding='utf-8')):
                headers = {name.lower(): value for name, value in request['Headers'].items()}
                given = dict(part.strip().split('=', 1) for part in headers['authorization'].split(' ', 1)[1].split(','))
                wanted = AWSRequest(request['Method'], request['Url'], {name: headers[name] for name in given['SignedHeaders'].split(';')}, request['Body'].encode('utf-8'))
                wanted.context['timestamp'] = headers['x-amz-date']
                auth = SigV4Auth(Credentials('{{RunningDaemon.AccessKeyId}}', '{{RunningDaemon.SecretAccessKey}}', headers['x-amz-security-token']), 'xray', '{{RunningDaemon.Region}}')
                print(request['Url'].split('/', 3)[3], auth.signature(auth.string_to_sign(wanted, auth.canonical_request(wanted)), wanted) == given['Signature'])
            """);

        Assert.Equal(
            ["GetSamplingRules True", "Groups True", "TelemetryRecords True", "TraceSegments True", "tags/a%20b:c/%E2%82%AC?z=1&a=x%20y&a=b True"],
            outcome.Succeeded.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Takes_chunked_bodies_and_several_requests_over_one_connection()
    {
        var answer = await RawAsync(
            "POST /One HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;ext=1\r\n world\r\n0\r\nTrailer: x\r\n\r\n"
            + "HEAD /Two HTTP/1.1\r\nHost: x\r\n\r\n"
            + "POST /Three HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");

        Assert.Equal(["hello world", "", "hi"], xray.Requests.Select(request => request.Body));
        Assert.Equal(3, answer.Split("HTTP/1.1 200 OK").Length - 1);
        Assert.EndsWith("answer to POST /Three", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n", 400)]
    [InlineData("GET relative HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nno header\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", 413)]
    public async Task Refuses_what_is_no_request(string text, int status)
    {
        Assert.StartsWith($"HTTP/1.1 {status} ", await RawAsync(text), StringComparison.Ordinal);
        Assert.Empty(xray.Requests);
    }

    // One byte more than is looked at: with anything unread the connection would end before its answer.
    [Fact]
    public async Task Refuses_headers_without_end() =>
        Assert.StartsWith("HTTP/1.1 431 ", await RawAsync("GET / HTTP/1.1\r\nX: ".PadRight((64 * 1024) + 1, 'x')), StringComparison.Ordinal);

    [Fact]
    public async Task Says_that_the_service_cannot_be_reached()
    {
        await xray.DisposeAsync();

        using var answer = await daemon.Http.PostAsync("/GetSamplingRules", new StringContent("{}"), Cancellation);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    async Task<string> RawAsync(string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(daemon.TcpAddress, Cancellation);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), Cancellation);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadToEndAsync(Cancellation);
    }
}
