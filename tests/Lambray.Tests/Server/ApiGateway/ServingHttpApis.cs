using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lambray.Aws.Signing;
using Lambray.Resources.Iam;
using Xunit;

namespace Lambray.Tests.Server.ApiGateway;

/// <summary>Functions and other web servers behind HTTP APIs.</summary>
public sealed class ServingHttpApis(ServingHttpApis.Fixture server) : IClassFixture<ServingHttpApis.Fixture>
{
    /// <summary>A server with a function that tells what it got, and one that lets some in.</summary>
    public sealed class Fixture : WholeServer
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await CreateAsync("echo", """
                exports.handler = async event => {
                  const asked = event.queryStringParameters ?? {};
                  if (asked.fail) throw new Error('no');
                  if (asked.slow) await new Promise(resolve => setTimeout(resolve, 5000));
                  if (asked.raw) return JSON.parse(asked.raw);
                  return { statusCode: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(event) };
                };
                """);
            await CreateAsync("keeper", """
                let asked = 0;
                exports.handler = async event => {
                  asked++;
                  const token = event.headers.authorization;
                  if (token === 'broken') return 'what';
                  if (event.version === '2.0') return { isAuthorized: token === 'yes', context: { token, asked, source: event.identitySource[0] } };
                  return {
                    principalId: 'me', context: { token },
                    policyDocument: { Version: '2012-10-17', Statement: [{ Effect: token === 'yes' ? 'Allow' : 'Deny', Action: 'execute-api:Invoke', Resource: event.methodArn }] },
                  };
                };
                """);
            foreach (var name in (string[])["echo", "keeper"])
            {
                var permission = await SendAsync(HttpMethod.Post, $"/2015-03-31/functions/{name}/policy",
                    """{"StatementId":"api","Action":"lambda:InvokeFunction","Principal":"apigateway.amazonaws.com"}""");
                Assert.True(permission.Status == HttpStatusCode.Created, permission.Body);
            }
        }

        public static string ArnOf(string function) => $"arn:aws:lambda:{Region}:{Account}:function:{function}";

        /// <summary>Sends a request of API Gateway's own API.</summary>
        public async Task<JsonNode> MakeAsync(string path, JsonObject body)
        {
            var made = await SendAsync(HttpMethod.Post, $"/v2/apis{path}", body.ToJsonString());
            Assert.True(made.Status == HttpStatusCode.Created, made.Body);
            return JsonNode.Parse(made.Body)!;
        }

        public async Task<string> ApiAsync(JsonObject? settings = null)
        {
            var api = new JsonObject { ["name"] = "shop", ["protocolType"] = "HTTP" };
            foreach (var (name, value) in settings ?? []) api[name] = value?.DeepClone();
            return (string)(await MakeAsync("", api))["apiId"]!;
        }

        /// <returns>The target of routes.</returns>
        public async Task<string> IntegrationAsync(string api, string format = "2.0", int? timeout = null) => "integrations/" + (string)(await MakeAsync($"/{api}/integrations", new JsonObject
        {
            ["integrationType"] = "AWS_PROXY",
            ["integrationUri"] = $"arn:aws:apigateway:{Region}:lambda:path/2015-03-31/functions/{ArnOf("echo")}/invocations",
            ["payloadFormatVersion"] = format,
            ["timeoutInMillis"] = timeout ?? 30_000,
        }))["integrationId"]!;

        public Task<JsonNode> RouteAsync(string api, string key, string target, JsonObject? settings = null)
        {
            var route = new JsonObject { ["routeKey"] = key, ["target"] = target };
            foreach (var (name, value) in settings ?? []) route[name] = value?.DeepClone();
            return MakeAsync($"/{api}/routes", route);
        }

        public Task<JsonNode> StageAsync(string api, string name = "$default", JsonObject? settings = null)
        {
            var stage = new JsonObject { ["stageName"] = name, ["autoDeploy"] = true };
            foreach (var (field, value) in settings ?? []) stage[field] = value?.DeepClone();
            return MakeAsync($"/{api}/stages", stage);
        }

        /// <summary>As a browser or curl would: without a signature, to the API's own host name.</summary>
        public async Task<(HttpStatusCode Status, string Body, HttpResponseHeaders Headers, HttpContentHeaders Content)> AskAsync(
            string api, string path, HttpMethod? method = null, Action<HttpRequestMessage>? prepare = null)
        {
            using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
            request.Headers.Host = $"{api}.execute-api.{Region}.localhost:{Address.Port}";
            prepare?.Invoke(request);
            using var client = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = Address };
            var answer = await client.SendAsync(request);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers, answer.Content.Headers);
        }
    }

    [Fact]
    public async Task One_call_makes_an_api_that_sends_everything_to_a_function_in_format_2_0()
    {
        var made = await server.MakeAsync("", new JsonObject { ["name"] = "quick", ["protocolType"] = "HTTP", ["target"] = Fixture.ArnOf("echo") });
        var api = (string)made["apiId"]!;
        Assert.Equal($"http://{api}.execute-api.{WholeServer.Region}.localhost:{server.Address.Port}", (string)made["apiEndpoint"]!);

        var answer = await server.AskAsync(api, "/pa2%2Fth/1?q=one&q=two", HttpMethod.Post, request =>
        {
            request.Headers.Add("Cookie", "one=1; two=2");
            request.Headers.Add("X-Twice", ["a", "b"]);
            request.Headers.Add("X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0");
            request.Content = new ByteArrayContent([1, 2, 3]);
        });

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var got = JsonNode.Parse(answer.Body)!;
        Assert.Equal(("2.0", "$default", "/pa2%2Fth/1", "q=one&q=two"), ((string)got["version"]!, (string)got["routeKey"]!, (string)got["rawPath"]!, (string)got["rawQueryString"]!));
        Assert.Equal("""["one=1","two=2"]""", got["cookies"]!.ToJsonString());
        Assert.Equal(("a, b", "one,two"), ((string)got["headers"]!["x-twice"]!, (string)got["queryStringParameters"]!["q"]!));
        Assert.StartsWith("Root=1-5759e988-bd862e3fe1be46a994272793", (string)got["headers"]!["x-amzn-trace-id"]!, StringComparison.Ordinal);
        Assert.Equal(("AQID", true), ((string)got["body"]!, (bool)got["isBase64Encoded"]!));
        var context = got["requestContext"]!;
        Assert.Equal((WholeServer.Account, api, "POST", "/pa2%2Fth/1", "$default"),
            ((string)context["accountId"]!, (string)context["apiId"]!, (string)context["http"]!["method"]!, (string)context["http"]!["path"]!, (string)context["stage"]!));
        Assert.Equal(answer.Headers.GetValues("Apigw-Requestid").Single(), (string)context["requestId"]!);
    }

    [Fact]
    public async Task What_a_function_returns_becomes_the_response()
    {
        var api = await server.ApiAsync();
        await server.RouteAsync(api, "$default", await server.IntegrationAsync(api));
        await server.RouteAsync(api, "GET /old", await server.IntegrationAsync(api, "1.0"));
        await server.RouteAsync(api, "GET /hasty", await server.IntegrationAsync(api, timeout: 50));
        await server.StageAsync(api);

        var inferred = await server.AskAsync(api, "/?raw={\"a\":1}");
        var whole = await server.AskAsync(api, """/?raw={"statusCode":201,"headers":{"x-own":"yes"},"cookies":["a=1","b=2"],"body":"AQID","isBase64Encoded":true}""");
        var many = await server.AskAsync(api, """/old?raw={"statusCode":202,"multiValueHeaders":{"x-own":["a","b"]},"body":"text"}""");
        var none = await server.AskAsync(api, "/old?raw={\"a\":1}");
        var failed = await server.AskAsync(api, "/?fail=1");
        var late = await server.AskAsync(api, "/hasty?slow=1");

        Assert.Equal((HttpStatusCode.OK, """{"a":1}""", "application/json"), (inferred.Status, inferred.Body, inferred.Content.ContentType!.ToString()));
        Assert.Equal((HttpStatusCode.Created, "\u0001\u0002\u0003", "yes", "a=1 b=2"),
            (whole.Status, whole.Body, whole.Headers.GetValues("x-own").Single(), string.Join(' ', whole.Headers.GetValues("Set-Cookie"))));
        Assert.Equal((HttpStatusCode.Accepted, "a b", "text/plain; charset=utf-8"), (many.Status, string.Join(' ', many.Headers.GetValues("x-own")), many.Content.ContentType!.ToString()));
        Assert.Equal((HttpStatusCode.InternalServerError, """{"message":"Internal Server Error"}"""), (none.Status, none.Body));
        Assert.Equal((HttpStatusCode.InternalServerError, """{"message":"Internal Server Error"}"""), (failed.Status, failed.Body));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"message":"Service Unavailable"}"""), (late.Status, late.Body));
    }

    [Fact]
    public async Task The_route_that_says_most_gets_the_request()
    {
        var api = await server.ApiAsync();
        var target = await server.IntegrationAsync(api, "1.0");
        foreach (var key in (string[])["ANY /{proxy+}", "GET /pets/{proxy+}", "GET /pets/{id}", "GET /pets/dog", "POST /pets/{id}/photos"]) await server.RouteAsync(api, key, target);
        await server.StageAsync(api, "prod", new JsonObject { ["stageVariables"] = new JsonObject { ["colour"] = "blue" } });
        await server.StageAsync(api);

        Assert.Equal("GET /pets/dog {}", await RoutedAsync(HttpMethod.Get, "/pets/dog"));
        Assert.Equal("""GET /pets/{id} {"id":"a cat"}""", await RoutedAsync(HttpMethod.Get, "/pets/a%20cat"));
        Assert.Equal("""GET /pets/{proxy+} {"proxy":"dog/1"}""", await RoutedAsync(HttpMethod.Get, "/pets/dog/1"));
        Assert.Equal("""ANY /{proxy+} {"proxy":"pets/dog"}""", await RoutedAsync(HttpMethod.Delete, "/pets/dog"));
        Assert.Equal("""POST /pets/{id}/photos {"id":"7"}""", await RoutedAsync(HttpMethod.Post, "/prod/pets/7/photos"));
        Assert.Equal((HttpStatusCode.NotFound, """{"message":"Not Found"}"""), (await server.AskAsync(api, "/")) is var nothing ? (nothing.Status, nothing.Body) : default);
        var staged = JsonNode.Parse((await server.AskAsync(api, "/prod/pets/dog?a=1&a=2")).Body)!;
        Assert.Equal(("1.0", "/prod/pets/dog", "/pets/dog", "prod", "blue", "2", """["1","2"]"""),
            ((string)staged["version"]!, (string)staged["path"]!, (string)staged["resource"]!, (string)staged["requestContext"]!["stage"]!, (string)staged["stageVariables"]!["colour"]!,
                (string)staged["queryStringParameters"]!["a"]!, staged["multiValueQueryStringParameters"]!["a"]!.ToJsonString()));
        // The same by path, for clients that cannot choose the host name.
        var byPath = await server.SendAsync(HttpMethod.Get, $"/_aws/execute-api/{api}/prod/pets/dog");
        Assert.Equal((HttpStatusCode.OK, "/prod/pets/dog"), (byPath.Status, (string)JsonNode.Parse(byPath.Body)!["path"]!));

        async Task<string> RoutedAsync(HttpMethod method, string path)
        {
            var got = JsonNode.Parse((await server.AskAsync(api, path, method)).Body)!;
            return $"{(string)got["requestContext"]!["resourceId"]!} {got["pathParameters"]?.ToJsonString() ?? "{}"}";
        }
    }

    [Fact]
    public async Task A_function_decides_who_is_let_in()
    {
        var api = await server.ApiAsync();
        var target = await server.IntegrationAsync(api);
        async Task<string> AuthorizerAsync(string name, string format, int seconds) => (string)(await server.MakeAsync($"/{api}/authorizers", new JsonObject
        {
            ["name"] = name,
            ["authorizerType"] = "REQUEST",
            ["authorizerUri"] = $"arn:aws:apigateway:{WholeServer.Region}:lambda:path/2015-03-31/functions/{Fixture.ArnOf("keeper")}/invocations",
            ["authorizerPayloadFormatVersion"] = format,
            ["enableSimpleResponses"] = format == "2.0",
            ["identitySource"] = new JsonArray("$request.header.Authorization"),
            ["authorizerResultTtlInSeconds"] = seconds,
        }))["authorizerId"]!;
        await server.RouteAsync(api, "GET /simple", target, new JsonObject { ["authorizationType"] = "CUSTOM", ["authorizerId"] = await AuthorizerAsync("simple", "2.0", 300) });
        await server.RouteAsync(api, "GET /policy", target, new JsonObject { ["authorizationType"] = "CUSTOM", ["authorizerId"] = await AuthorizerAsync("policy", "1.0", 0) });
        await server.RouteAsync(api, "ANY /signed", target, new JsonObject { ["authorizationType"] = "AWS_IAM" });
        await server.StageAsync(api);

        var first = await AskAsync("/simple", "yes");
        var again = await AskAsync("/simple", "yes");
        var policy = await AskAsync("/policy", "yes");

        Assert.Equal((HttpStatusCode.OK, "yes", "yes"), (first.Status, (string)Said(first)["token"]!, (string)Said(first)["source"]!));
        Assert.Equal((int)Said(first)["asked"]!, (int)Said(again)["asked"]!);
        Assert.Equal((HttpStatusCode.OK, "yes"), (policy.Status, (string)Said(policy)["token"]!));
        Assert.Equal((HttpStatusCode.Forbidden, """{"message":"Forbidden"}"""), await AskAsync("/simple", "no"));
        Assert.Equal((HttpStatusCode.Forbidden, """{"message":"Forbidden"}"""), await AskAsync("/policy", "no"));
        Assert.Equal((HttpStatusCode.Unauthorized, """{"message":"Unauthorized"}"""), await AskAsync("/simple", null));
        Assert.Equal((HttpStatusCode.InternalServerError, """{"message":"Internal Server Error"}"""), await AskAsync("/policy", "broken"));
        Assert.Equal((HttpStatusCode.Forbidden, """{"message":"Forbidden"}"""), await AskAsync("/signed", null));
        var signed = await server.AskAsync(api, "/signed", HttpMethod.Post, request =>
        {
            request.Content = new ByteArrayContent([1, 2, 3]);
            request.RequestUri = new Uri($"http://{request.Headers.Host}/signed");
            new RequestSigner("execute-api", WholeServer.Region, TimeProvider.System).Sign(request, [1, 2, 3], RootAccessKey.Find(Path.Combine(server.DataDirectory, "credentials"))!);
            request.RequestUri = new Uri(server.Address, "/signed");
        });
        Assert.Equal((HttpStatusCode.OK, "AQID", $"arn:aws:iam::{WholeServer.Account}:root"),
            (signed.Status, (string)JsonNode.Parse(signed.Body)!["body"]!, (string)JsonNode.Parse(signed.Body)!["requestContext"]!["authorizer"]!["iam"]!["userArn"]!));

        async Task<(HttpStatusCode Status, string Body)> AskAsync(string path, string? token)
        {
            var answer = await server.AskAsync(api, path, prepare: request =>
            {
                if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", token);
            });
            return (answer.Status, answer.Body);
        }

        static JsonNode Said((HttpStatusCode, string Body) answer) => JsonNode.Parse(answer.Body)!["requestContext"]!["authorizer"]!["lambda"]!;
    }

    [Fact]
    public async Task A_token_of_the_issuer_lets_in_whom_it_is_meant_for()
    {
        // The issuer's web server is an API too.
        using var key = RSA.Create(2048);
        var parameters = key.ExportParameters(includePrivateParameters: false);
        var issuer = await server.ApiAsync();
        var address = $"{server.Address}_aws/execute-api/{issuer}";
        await server.CreateAsync("issuer", $$"""
            exports.handler = async event => event.rawPath.endsWith('/openid-configuration')
              ? { jwks_uri: '{{address}}/keys' }
              : { keys: [{ kty: 'RSA', kid: 'one', n: '{{Base64Url.EncodeToString(parameters.Modulus)}}', e: '{{Base64Url.EncodeToString(parameters.Exponent)}}' }] };
            """);
        await server.SendAsync(HttpMethod.Post, "/2015-03-31/functions/issuer/policy", """{"StatementId":"api","Action":"lambda:InvokeFunction","Principal":"apigateway.amazonaws.com"}""");
        var keys = await server.MakeAsync($"/{issuer}/integrations", new JsonObject { ["integrationType"] = "AWS_PROXY", ["integrationUri"] = Fixture.ArnOf("issuer"), ["payloadFormatVersion"] = "2.0" });
        await server.RouteAsync(issuer, "$default", $"integrations/{(string)keys["integrationId"]!}");
        await server.StageAsync(issuer);
        var api = await server.ApiAsync();
        var authorizer = await server.MakeAsync($"/{api}/authorizers", new JsonObject
        {
            ["name"] = "jwt",
            ["authorizerType"] = "JWT",
            ["identitySource"] = new JsonArray("$request.header.Authorization"),
            ["jwtConfiguration"] = new JsonObject { ["issuer"] = address, ["audience"] = new JsonArray("shop") },
        });
        await server.RouteAsync(api, "GET /in", await server.IntegrationAsync(api), new JsonObject
        {
            ["authorizationType"] = "JWT", ["authorizerId"] = (string)authorizer["authorizerId"]!, ["authorizationScopes"] = new JsonArray("read", "write"),
        });
        await server.StageAsync(api);
        var later = TimeProvider.System.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds();

        var let = await AskAsync($$"""{"iss":"{{address}}","aud":["other","shop"],"exp":{{later}},"scope":"read all","sub":"me"}""");
        Assert.Equal(HttpStatusCode.OK, let.Status);
        var jwt = JsonNode.Parse(let.Body)!["requestContext"]!["authorizer"]!["jwt"]!;
        Assert.Equal(("me", "[other shop]", """["read"]"""), ((string)jwt["claims"]!["sub"]!, (string)jwt["claims"]!["aud"]!, jwt["scopes"]!.ToJsonString()));
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync($$"""{"iss":"{{address}}","aud":"shop","exp":{{later}},"scope":"all"}""")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync($$"""{"iss":"{{address}}","aud":"other","exp":{{later}},"scope":"read"}""")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync($$"""{"iss":"{{address}}","aud":"shop","exp":{{later - 600}},"scope":"read"}""")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync($$"""{"iss":"http://other","aud":"shop","exp":{{later}},"scope":"read"}""")).Status);
        var forged = await AskAsync($$"""{"iss":"{{address}}","aud":"shop","exp":{{later}},"scope":"read"}""", isForged: true);
        Assert.Equal((HttpStatusCode.Unauthorized, """{"message":"Unauthorized"}""", true),
            (forged.Status, forged.Body, forged.Headers.WwwAuthenticate.ToString().Contains("signature verification failed", StringComparison.Ordinal)));

        Task<(HttpStatusCode Status, string Body, HttpResponseHeaders Headers, HttpContentHeaders Content)> AskAsync(string claims, bool isForged = false)
        {
            var signed = $"{Base64Url.EncodeToString("""{"alg":"RS256","kid":"one"}"""u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
            var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            if (isForged) signature[0] ^= 1;
            return server.AskAsync(api, "/in", prepare: request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"{signed}.{Base64Url.EncodeToString(signature)}"));
        }
    }

    [Fact]
    public async Task Pages_of_other_origins_are_answered_by_the_api_itself()
    {
        var api = await server.ApiAsync(new JsonObject { ["corsConfiguration"] = JsonNode.Parse("""{"allowOrigins":["https://shop.example"],"allowMethods":["GET"],"maxAge":60}""") });
        await server.RouteAsync(api, "GET /things", await server.IntegrationAsync(api));
        await server.StageAsync(api);

        var preflight = await server.AskAsync(api, "/things", HttpMethod.Options, request =>
        {
            request.Headers.Add("Origin", "https://shop.example");
            request.Headers.Add("Access-Control-Request-Method", "GET");
        });
        var asked = await server.AskAsync(api, "/things", prepare: request => request.Headers.Add("Origin", "https://shop.example"));

        Assert.Equal((HttpStatusCode.NoContent, "https://shop.example", "GET", "60"),
            (preflight.Status, Of(preflight.Headers, "Access-Control-Allow-Origin"), Of(preflight.Headers, "Access-Control-Allow-Methods"), Of(preflight.Headers, "Access-Control-Max-Age")));
        Assert.Equal((HttpStatusCode.OK, "https://shop.example"), (asked.Status, Of(asked.Headers, "Access-Control-Allow-Origin")));

        static string Of(HttpResponseHeaders headers, string name) => headers.GetValues(name).Single();
    }

    [Fact]
    public async Task A_stage_without_auto_deploy_serves_what_was_deployed_to_it()
    {
        var api = await server.ApiAsync();
        var target = await server.IntegrationAsync(api);
        await server.RouteAsync(api, "GET /one", target);
        await server.StageAsync(api, "dev", new JsonObject { ["autoDeploy"] = false });

        var before = await server.AskAsync(api, "/dev/one");
        await server.MakeAsync($"/{api}/deployments", new JsonObject { ["stageName"] = "dev" });
        await server.RouteAsync(api, "GET /two", target);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.NotFound),
            (before.Status, (await server.AskAsync(api, "/dev/one")).Status, (await server.AskAsync(api, "/dev/two")).Status));
    }

    [Fact]
    public async Task Requests_go_on_to_other_web_servers()
    {
        var backend = await server.ApiAsync();
        await server.RouteAsync(backend, "$default", await server.IntegrationAsync(backend));
        await server.StageAsync(backend);
        var api = await server.ApiAsync();
        var integration = await server.MakeAsync($"/{api}/integrations", new JsonObject
        {
            ["integrationType"] = "HTTP_PROXY",
            ["integrationMethod"] = "ANY",
            ["integrationUri"] = $"{server.Address}_aws/execute-api/{backend}/below/{{proxy}}",
        });
        await server.RouteAsync(api, "ANY /{proxy+}", $"integrations/{(string)integration["integrationId"]!}");
        await server.StageAsync(api);

        var answer = await server.AskAsync(api, "/thing?a=1", HttpMethod.Put, request =>
        {
            request.Content = new StringContent("text");
            request.Headers.Add("X-Own", "yes");
        });

        var got = JsonNode.Parse(answer.Body)!;
        Assert.Equal(("/below/thing", "PUT", "a=1", "text", "yes"),
            ((string)got["rawPath"]!, (string)got["requestContext"]!["http"]!["method"]!, (string)got["rawQueryString"]!, (string)got["body"]!, (string)got["headers"]!["x-own"]!));
    }

    [Fact]
    public async Task A_function_whose_policy_does_not_let_the_api_in_is_not_invoked()
    {
        await server.CreateAsync("private", "exports.handler = async () => 'in';");
        var allowed = await server.SendAsync(HttpMethod.Post, "/2015-03-31/functions/private/policy", $$"""
            {"StatementId":"one","Action":"lambda:InvokeFunction","Principal":"apigateway.amazonaws.com","SourceArn":"arn:aws:execute-api:{{WholeServer.Region}}:{{WholeServer.Account}}:*/*/GET/open/*"}
            """);
        Assert.Equal(HttpStatusCode.Created, allowed.Status);
        var api = await server.ApiAsync();
        var integration = await server.MakeAsync($"/{api}/integrations", new JsonObject
        {
            ["integrationType"] = "AWS_PROXY",
            ["integrationUri"] = Fixture.ArnOf("private"),
            ["payloadFormatVersion"] = "2.0",
        });
        foreach (var key in (string[])["GET /open/{id}", "GET /closed"]) await server.RouteAsync(api, key, $"integrations/{(string)integration["integrationId"]!}");
        await server.StageAsync(api);

        Assert.Equal("in", (await server.AskAsync(api, "/open/1")).Body);
        Assert.Equal(HttpStatusCode.InternalServerError, (await server.AskAsync(api, "/closed")).Status);
    }
}
