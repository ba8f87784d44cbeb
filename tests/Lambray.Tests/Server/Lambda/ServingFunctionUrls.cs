using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lambray.Aws.Signing;
using Lambray.Resources.Iam;
using Xunit;

namespace Lambray.Tests.Server.Lambda;

/// <summary>Functions behind HTTP addresses of their own.</summary>
public sealed class ServingFunctionUrls(ServingFunctionUrls.Fixture server) : IClassFixture<ServingFunctionUrls.Fixture>
{
    /// <summary>A server with a function that anybody may call, and one that streams.</summary>
    public sealed class Fixture : WholeServer
    {
        public string Open { get; private set; } = "";

        public string Streaming { get; private set; } = "";

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await CreateAsync("open", "exports.handler = async (event) => { if (event.queryStringParameters?.fail) throw new Error('no'); return event.body ? JSON.parse(event.isBase64Encoded ? Buffer.from(event.body, 'base64') : event.body) : { event }; };");
            await CreateAsync("streaming", """
                exports.handler = awslambda.streamifyResponse(async (event, stream) => {
                  stream = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'Content-Type': 'text/csv', 'X-Own': 'yes' }, cookies: ['a=1', 'b=2'] });
                  stream.write('one,');
                  stream.end('two');
                });
                """);
            Open = await AddressAsync("open", """{"AuthType":"NONE","Cors":{"AllowOrigins":["https://shop.example"],"AllowMethods":["GET","PUT"],"AllowHeaders":["x-key"],"MaxAge":60}}""");
            Streaming = await AddressAsync("streaming", """{"AuthType":"NONE","InvokeMode":"RESPONSE_STREAM"}""");
        }

        /// <summary>Makes an address that anybody may call.</summary>
        /// <returns>Its host name.</returns>
        public async Task<string> AddressAsync(string name, string config)
        {
            var permission = await SendAsync(HttpMethod.Post, $"/2015-03-31/functions/{name}/policy",
                """{"StatementId":"all","Action":"lambda:InvokeFunctionUrl","Principal":"*","FunctionUrlAuthType":"NONE"}""");
            Assert.True(permission.Status == HttpStatusCode.Created, permission.Body);
            return await PrivateAddressAsync(name, config);
        }

        public async Task<string> PrivateAddressAsync(string name, string config)
        {
            var created = await SendAsync(HttpMethod.Post, $"/2021-10-31/functions/{name}/url", config);
            Assert.True(created.Status == HttpStatusCode.Created, created.Body);
            return new Uri(JsonElement.Parse(created.Body).GetProperty("FunctionUrl").GetString()!).Host;
        }
    }

    [Fact]
    public async Task A_request_becomes_an_event_of_format_2_0()
    {
        using var request = Request(HttpMethod.Get, server.Open, "/pa2%2Fth/1?q=query&multi=foo&multi=%2Fbar");
        request.Headers.UserAgent.ParseAdd("test/echo");
        request.Headers.Add("Extra-Headers", "With WeiRd CapS");
        request.Headers.Add("Cookie", "one=1; two=2");
        request.Headers.Add("X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0");
        // A client that adds no cookies of its own.
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = server.Address };
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var got = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["event"]!;
        var id = server.Open.Split('.')[0];
        Assert.Equal(("2.0", "$default", "/pa2%2Fth/1", "q=query&multi=foo&multi=%2Fbar"),
            ((string)got["version"]!, (string)got["routeKey"]!, (string)got["rawPath"]!, (string)got["rawQueryString"]!));
        Assert.Equal("""{"q":"query","multi":"foo,/bar"}""", got["queryStringParameters"]!.ToJsonString());
        Assert.Equal("""["one=1","two=2"]""", got["cookies"]!.ToJsonString());
        Assert.Equal(("With WeiRd CapS", "test/echo", "http"),
            ((string)got["headers"]!["extra-headers"]!, (string)got["headers"]!["user-agent"]!, (string)got["headers"]!["x-forwarded-proto"]!));
        Assert.StartsWith("Root=1-5759e988-bd862e3fe1be46a994272793;", (string)got["headers"]!["x-amzn-trace-id"]!, StringComparison.Ordinal);
        var context = got["requestContext"]!;
        Assert.Equal((id, server.Open, id, "GET", "anonymous", answer.Headers.GetValues("x-amzn-RequestId").Single()),
            ((string)context["apiId"]!, (string)context["domainName"]!, (string)context["domainPrefix"]!, (string)context["http"]!["method"]!,
                (string)context["accountId"]!, (string)context["requestId"]!));
        Assert.False((bool)got["isBase64Encoded"]!);
    }

    [Theory]
    [InlineData("\"hello\"", 200, "application/json", "hello")]
    [InlineData("3.1", 200, "application/json", "3.1")]
    [InlineData("""["hello",3,true]""", 200, "application/json", """["hello",3,true]""")]
    [InlineData("""{"hello":"world"}""", 200, "application/json", """{"hello":"world"}""")]
    [InlineData("""{"statusCode":418,"headers":{"Content-Type":"text/plain"},"body":"tea"}""", 418, "text/plain", "tea")]
    [InlineData("""{"statusCode":"200","body":"dGVh","isBase64Encoded":true}""", 200, "application/json", "tea")]
    [InlineData("""{"statusCode":200,"body":"%","isBase64Encoded":true}""", 502, "application/json", "Internal Server Error")]
    public async Task What_a_function_answers_becomes_the_response(string result, int status, string type, string body)
    {
        using var request = Request(HttpMethod.Post, server.Open, "/");
        request.Content = new StringContent(result);
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((status, type, body), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_body_that_is_no_text_comes_as_base64()
    {
        using var request = Request(HttpMethod.Post, server.Open, "/");
        request.Content = new ByteArrayContent("""{"statusCode":201}"""u8.ToArray());
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task An_error_of_the_function_is_a_bad_gateway()
    {
        using var request = Request(HttpMethod.Get, server.Open, "/?fail=1");
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.BadGateway, "Internal Server Error"), (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_stream_brings_its_head_with_it()
    {
        using var request = Request(HttpMethod.Get, server.Streaming, "/");
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Created, "text/csv", "one,two"),
            (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(["a=1", "b=2"], answer.Headers.GetValues("Set-Cookie"));
        Assert.Equal("yes", answer.Headers.GetValues("X-Own").Single());
    }

    [Fact]
    public async Task Pages_of_the_allowed_origin_may_call()
    {
        using var preflight = Request(HttpMethod.Options, server.Open, "/");
        preflight.Headers.Add("Origin", "https://shop.example");
        preflight.Headers.Add("Access-Control-Request-Method", "PUT");
        using var allowed = await server.Http.SendAsync(preflight, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "https://shop.example", "GET,PUT", "x-key", "60"), (allowed.StatusCode, Header(allowed, "Access-Control-Allow-Origin"),
            Header(allowed, "Access-Control-Allow-Methods"), Header(allowed, "Access-Control-Allow-Headers"), Header(allowed, "Access-Control-Max-Age")));

        using var foreign = Request(HttpMethod.Get, server.Open, "/");
        foreign.Headers.Add("Origin", "https://other.example");
        using var answered = await server.Http.SendAsync(foreign, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, null), (answered.StatusCode, Header(answered, "Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task Who_may_not_call_is_told_so()
    {
        await server.CreateAsync("closed", "exports.handler = async () => 'in';");
        var closed = await server.PrivateAddressAsync("closed", """{"AuthType":"AWS_IAM"}""");
        foreach (var host in new[] { closed, "nobody.lambda-url.eu-central-1.localhost" })
        {
            using var request = Request(HttpMethod.Get, host, "/");
            using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.Forbidden, "AccessDeniedException"), (answer.StatusCode, Header(answer, "x-amzn-ErrorType")));
            Assert.StartsWith("""{"Message":"Forbidden. For troubleshooting Function URL authorization issues""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        using var signed = Request(HttpMethod.Get, closed, "/");
        signed.RequestUri = new Uri($"http://{closed}/");
        var root = RootAccessKey.Find(Path.Combine(server.DataDirectory, "credentials"))!;
        new RequestSigner("lambda", WholeServer.Region, TimeProvider.System).Sign(signed, [], root);
        signed.RequestUri = server.Http.BaseAddress;
        using var let = await server.Http.SendAsync(signed, TestContext.Current.CancellationToken);
        Assert.Equal("in", await let.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        using var forged = Request(HttpMethod.Get, closed, "/");
        forged.Headers.TryAddWithoutValidation("Authorization", signed.Headers.GetValues("Authorization").Single().Replace("Signature=", "Signature=0", StringComparison.Ordinal));
        forged.Headers.TryAddWithoutValidation("x-amz-date", signed.Headers.GetValues("x-amz-date").Single());
        using var refused = await server.Http.SendAsync(forged, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Forbidden, "InvalidSignatureException"), (refused.StatusCode, Header(refused, "x-amzn-ErrorType")));
    }

    [Fact]
    public async Task Clients_that_cannot_choose_the_host_have_a_path()
    {
        using var answer = await server.Http.GetAsync($"/_lambray/function-urls/{server.Open.Split('.')[0]}/some/path?x=1", TestContext.Current.CancellationToken);
        var got = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["event"]!;
        Assert.Equal(("/some/path", "x=1"), ((string)got["rawPath"]!, (string)got["rawQueryString"]!));
    }

    static HttpRequestMessage Request(HttpMethod method, string host, string target)
    {
        var request = new HttpRequestMessage(method, target);
        request.Headers.Host = host;
        return request;
    }

    static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
