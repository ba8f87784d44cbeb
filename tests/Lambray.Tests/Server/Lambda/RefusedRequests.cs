using System.Net;
using System.Text.Json.Nodes;
using Lambray.Tests.Functions.Registry;
using Xunit;

namespace Lambray.Tests.Server.Lambda;

/// <summary>Requests that AWS refuses, with its codes, texts and shapes; after each the server still runs functions.</summary>
public sealed class RefusedRequests(RefusedRequests.Fixture server) : IClassFixture<RefusedRequests.Fixture>
{
    const string Functions = "/2015-03-31/functions";
    const string Fine = Functions + "/fine";
    const string Arn = $"arn:aws:lambda:{WholeServer.Region}:{WholeServer.Account}:function:";

    /// <summary>A server with one function that works.</summary>
    public sealed class Fixture : WholeServer
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await CreateAsync("fine", "exports.handler = async (event) => event;");
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("""{"Timeout":"long"}""")]
    [InlineData("""{"Code":{"ZipFile":"***"}}""")]
    [InlineData("""{"Environment":{"Variables":{"KEY":5}}}""")]
    public async Task Bodies_that_are_no_such_request(string body) =>
        await Refused(await server.SendAsync(HttpMethod.Post, Functions, body), 400, "InvalidRequestContentException",
            "^Could not parse request body into json: ");

    [Theory]
    [InlineData("GET", "/2025-11-30/capacity-providers", "ListCapacityProviders")]
    [InlineData("PUT", "/2025-11-30/functions/fine/function-scaling-config", "PutFunctionScalingConfig")]
    public async Task Operations_that_are_not_here_are_named(string method, string path, string operation)
    {
        var answer = await server.SendAsync(new HttpMethod(method), path, "{}");
        Assert.Equal((HttpStatusCode.NotImplemented, "NotImplemented"), (answer.Status, answer.Code));
        Assert.StartsWith($"{operation} of Lambda is not available", answer.Json.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string, string> Settings => new()
    {
        { """{"Role":"r1"}""", "ValidationException",
            "^1 validation error detected: Value 'r1' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:", "" },
        { """{"Role":"arn:aws:iam::123456789012:role/x\n"}""", "ValidationException", "at 'role' failed", "" },
        { """{"Runtime":"PYTHON3.9"}""", "InvalidParameterValueException",
            @"^Value PYTHON3\.9 at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: \[nodejs20\.x, .*, java8\.al2\] or be a valid ARN$", "" },
        { """{"Runtime":"nodejs14.x"}""", "InvalidParameterValueException",
            @"^The runtime parameter of nodejs14\.x is no longer supported for creating or updating AWS Lambda functions\. We recommend you use a supported runtime while creating or updating functions\.$", "" },
        { """{"Timeout":0}""", "ValidationException",
            "^1 validation error detected: Value '0' at 'timeout' failed to satisfy constraint: Member must have value greater than or equal to 1$", "" },
        { """{"Timeout":901,"MemorySize":64}""", "ValidationException",
            "^2 validation errors detected: Value '901' at 'timeout' .* less than or equal to 900; Value '64' at 'memorySize' .* greater than or equal to 128$", "" },
        { """{"Handler":"in dex.handler"}""", "ValidationException", "at 'handler' failed", "" },
        { """{"TracingConfig":{"Mode":"Sometimes"}}""", "ValidationException",
            @"^1 validation error detected: Value 'Sometimes' at 'tracingConfig\.mode' failed to satisfy constraint: Member must satisfy enum value set: \[Active, PassThrough\]$", "" },
        { """{"Environment":{"Variables":{"AWS_REGION":"x"}}}""", "InvalidParameterValueException",
            "^Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: AWS_REGION$", "" },
        { """{"Environment":{"Variables":{"1BAD":"x"}}}""", "ValidationException", "Map keys must satisfy constraint", "" },
        { """{"Environment":{"Variables":{"BAD\n":"x"}}}""", "ValidationException", "Map keys must satisfy constraint", "" },
        { """{"Environment":{"Variables":{"KEY":null}}}""", "ValidationException", "Map value must satisfy constraint", "" },
        { """{"Layers":["arn:aws:lambda:eu-central-1:123456789012:layer:l:1"]}""", "InvalidParameterValueException",
            @"^Layer version arn:aws:lambda:eu-central-1:123456789012:layer:l:1 does not exist\.$", "" },
        { """{"VpcConfig":{"SubnetIds":["subnet-1"],"SecurityGroupIds":["sg-1"]}}""", "InvalidParameterValueException", "^VpcConfig is not available on this server", "" },
        { """{"DurableConfig":{"ExecutionTimeout":60}}""", "InvalidParameterValueException", "^DurableConfig is not available on this server", "" },
        { """{"SnapStart":{"ApplyOn":"PublishedVersions"}}""", "InvalidParameterValueException", @"^nodejs22\.x is not supported for SnapStart", "" },
        { """{"LoggingConfig":{"SystemLogLevel":"DEBUG"}}""", "InvalidParameterValueException", "^LogLevel is not supported when LogFormat is set to Text", "" },
        { """{"DeadLetterConfig":{"TargetArn":"arn:aws:s3:::letters"}}""", "InvalidParameterValueException", "^Invalid value given for DeadLetterConfig", "" },
        { """{"DeadLetterConfig":{"TargetArn":"arn:aws:sqs:eu-central-1:123456789012:letters.fifo"}}""", "InvalidParameterValueException", "^Invalid value given for DeadLetterConfig. FIFO", "" },
        { """{"CodeSigningConfigArn":"arn:aws:lambda:eu-central-1:123456789012:code-signing-config:csc-00000000000000000"}""", "CodeSigningConfigNotFoundException",
            "^The code signing configuration cannot be found", "create" },
        { """{"PackageType":"Image","Code":{"ImageUri":"x"}}""", "InvalidParameterValueException", "^PackageType Image is not available", "create" },
        { """{"FunctionName":"no.dots"}""", "ValidationException", "^1 validation error detected: Value 'no.dots' at 'functionName'", "create" },
        { """{"FunctionName":"fine"}""", "ResourceConflictException", "^Function already exist: fine$", "create" },
        { """{"FunctionName":"arn:aws:lambda:us-west-2:123456789012:function:far"}""", "ResourceNotFoundException",
            @"^Functions from 'us-west-2' are not reachable in this region \('eu-central-1'\)$", "create" },
        { """{"Role":null}""", "ValidationException",
            "^1 validation error detected: Value null at 'role' failed to satisfy constraint: Member must not be null$", "create" },
        { """{"Runtime":null}""", "InvalidParameterValueException", "^Runtime is mandatory", "create" },
        { """{"Handler":null}""", "InvalidParameterValueException", "^Handler is mandatory", "create" },
        { """{"Architectures":["x86_64","arm64"]}""", "ValidationException", "at 'architectures' failed", "create" },
        { """{"Architectures":[null]}""", "ValidationException", "at 'architectures' failed", "create" },
        { """{"Code":{}}""", "InvalidParameterValueException", "^Please provide a source for function code", "create" },
        { """{"Code":{"ZipFile":"bm90IGEgemlw"}}""", "InvalidParameterValueException",
            @"^Could not unzip uploaded file\. Please check your file, then try to upload again\.$", "create" },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task Settings_that_break_a_limit(string settings, string code, string message, string onlyFor)
    {
        var status = code switch { "ResourceConflictException" => 409, "ResourceNotFoundException" or "CodeSigningConfigNotFoundException" => 404, _ => 400 };
        var create = WholeServer.CreateRequest("refused", WholeServer.Zip(("index.js", "")), JsonNode.Parse(settings)!.AsObject());
        await Refused(await server.SendAsync(HttpMethod.Post, Functions, create.ToJsonString()), status, code, message);
        if (onlyFor == "") await Refused(await server.SendAsync(HttpMethod.Put, Fine + "/configuration", settings), status, code, message);
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(HttpMethod.Get, Functions + "/refused")).Status);
    }

    [Fact]
    public async Task Variables_beyond_four_kilobytes_are_measured()
    {
        // {"KEY":"…"} is what is measured.
        var value = new string('x', 4086);
        var fits = new JsonObject { ["Environment"] = new JsonObject { ["Variables"] = new JsonObject { ["KEY"] = value } } };
        await server.CreateAsync("full", "exports.handler = async () => process.env.KEY.length;", fits);
        Assert.Equal("4086", (await server.InvokeAsync("full")).Succeeded);
        fits["Environment"]!["Variables"]!["KEY"] = value + "x";
        await Refused(await server.SendAsync(HttpMethod.Put, Functions + "/full/configuration", fits.ToJsonString()), 400,
            "InvalidParameterValueException",
            $@"^Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit\. String measured: {{""KEY"":""{value}x""}}$");
    }

    [Fact]
    public async Task Code_that_cannot_be_unpacked_leaves_a_failed_function()
    {
        await server.CreateAsync("lying", HostileZip.Of(new HostileEntry("index.js", new string('x', 1000), DeclaredSize: 10)));
        var configuration = (await server.SendAsync(HttpMethod.Get, Functions + "/lying/configuration")).Succeeded;
        Assert.Equal(("Failed", "InvalidZipFileException"),
            (configuration.GetProperty("State").GetString(), configuration.GetProperty("StateReasonCode").GetString()));
        await Refused(await server.SendAsync(HttpMethod.Post, Functions + "/lying/invocations"), 409, "ResourceConflictException",
            "currently in the following state: Failed$");
    }

    [Fact]
    public async Task An_update_that_fails_leaves_what_was_there()
    {
        await server.CreateAsync("kept", "exports.handler = async () => 'kept';");
        var zip = HostileZip.Of(new HostileEntry("index.js", new string('y', 1000), DeclaredSize: 10));
        var update = new JsonObject { ["ZipFile"] = Convert.ToBase64String(zip) };
        Assert.Equal("InProgress", (await server.SendAsync(HttpMethod.Put, Functions + "/kept/code",
            update.ToJsonString())).Succeeded.GetProperty("LastUpdateStatus").GetString());
        await server.SettledAsync("kept");
        var configuration = (await server.SendAsync(HttpMethod.Get, Functions + "/kept/configuration")).Succeeded;
        Assert.Equal(("Active", "Failed", "InvalidZipFileException"), (
            configuration.GetProperty("State").GetString(), configuration.GetProperty("LastUpdateStatus").GetString(),
                configuration.GetProperty("LastUpdateStatusReasonCode").GetString()));
        Assert.Equal("\"kept\"", (await server.InvokeAsync("kept")).Succeeded);
    }

    [Fact]
    public async Task Bodies_beyond_their_limits()
    {
        await Refused(await server.SendAsync(HttpMethod.Post, Functions, new string('x', 70_167_212)), 413, "RequestEntityTooLargeException",
            "^Request must be smaller than 70167211 bytes for the CreateFunction operation$");
        var zip = new byte[52_428_801];
        await Refused(await server.SendAsync(HttpMethod.Post, Functions, WholeServer.CreateRequest("large", zip).ToJsonString()), 413,
            "RequestEntityTooLargeException", "^Zipped size must be smaller than 52428800 bytes$");
    }

    [Theory]
    [InlineData("RequestResponse", 6 * 1024 * 1024)]
    [InlineData("DryRun", 6 * 1024 * 1024)]
    [InlineData("Event", 1024 * 1024)]
    public async Task Payloads_beyond_their_limits(string type, int limit)
    {
        var named = type == "Event" ? "Event" : "RequestResponse";
        var fits = await server.InvokeAsync("fine", $"\"{new string('x', limit - 2)}\"", type);
        Assert.True((int)fits.Status < 300, fits.Payload);
        var refused = await server.InvokeAsync("fine", $"\"{new string('x', limit - 1)}\"", type);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "RequestTooLargeException", "User"),
            (refused.Status, refused.Headers["x-amzn-ErrorType"], refused.Json.GetProperty("Type").GetString()));
        Assert.Equal($"{limit + 1} byte payload is too large for the {named} invocation type (limit {limit} bytes)",
            refused.Json.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("hello")]
    [InlineData("{} {}")]
    [InlineData("[1,]")]
    public async Task Payloads_that_are_no_JSON(string payload) => await Refused(
        await server.SendAsync(HttpMethod.Post, Fine + "/invocations", payload), 400, "InvalidRequestContentException",
            "^Could not parse request body into json: Could not parse payload into json: ");

    [Fact]
    public async Task Deep_JSON_is_passed_on()
    {
        var deep = new string('[', 900) + new string(']', 900);
        Assert.Equal(deep, (await server.InvokeAsync("fine", deep)).Succeeded);
    }

    [Fact]
    public async Task Functions_that_are_not_there()
    {
        await Refused(await server.SendAsync(HttpMethod.Get, Functions + "/none"), 404, "ResourceNotFoundException",
            $"^Function not found: {Arn}none$");
        await Refused(await server.SendAsync(HttpMethod.Get, Functions + "/none/configuration"), 404, "ResourceNotFoundException",
            $"^Function not found: {Arn}none$");
        await Refused(await server.SendAsync(HttpMethod.Delete, Functions + "/none"), 404, "ResourceNotFoundException",
            $"^Function not found: {Arn}none$");
        await Refused(await server.SendAsync(HttpMethod.Post, Functions + "/none/invocations"), 404, "ResourceNotFoundException",
            $@"^Function not found: {Arn}none:\$LATEST$");
        await Refused(await server.SendAsync(HttpMethod.Get, Fine + "?Qualifier=1221"), 404, "ResourceNotFoundException",
            $"^Function not found: {Arn}fine:1221$");
        await Refused(await server.SendAsync(HttpMethod.Post, Fine + ":1221/invocations"), 404, "ResourceNotFoundException",
            $"^Function not found: {Arn}fine:1221$");
        await Refused(await server.SendAsync(HttpMethod.Get,
            $"{Functions}/{Uri.EscapeDataString("arn:aws:lambda:us-west-2:123456789012:function:fine")}"), 404, "ResourceNotFoundException",
            "^Functions from 'us-west-2'");
        await Refused(await server.SendAsync(HttpMethod.Get, Functions + "/fine%0A"), 400, "ValidationException", "at 'functionName'");
    }

    [Theory]
    [InlineData("$LATEST", @"^\$LATEST version cannot be deleted without deleting the function\.$")]
    [InlineData("live", @"^Deletion of aliases is not currently supported\.$")]
    public async Task Parts_of_a_function_cannot_be_deleted(string qualifier, string message) =>
        await Refused(await server.SendAsync(HttpMethod.Delete, $"{Fine}?Qualifier={qualifier}"), 400, "InvalidParameterValueException", message);

    [Theory]
    [InlineData("0", "greater than or equal to 1$")]
    [InlineData("10001", "less than or equal to 10000$")]
    public async Task Pages_of_no_size(string size, string constraint) => await Refused(
        await server.SendAsync(HttpMethod.Get, $"{Functions}?MaxItems={size}"), 400, "ValidationException",
            $"^1 validation error detected: Value '{size}' at 'maxItems' .*{constraint}");

    [Fact]
    public async Task Invocations_of_an_unknown_kind()
    {
        var answer = await server.InvokeAsync("fine", type: "Later");
        Assert.Equal((HttpStatusCode.BadRequest, "ValidationException"), (answer.Status, answer.Headers["x-amzn-ErrorType"]));
        Assert.Equal("1 validation error detected: Value 'Later' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]", answer.Json.GetProperty("message").GetString());
    }

    async Task Refused(ApiAnswer answer, int status, string code, string message)
    {
        Assert.Equal(((HttpStatusCode)status, code), (answer.Status, answer.Code));
        // Some exceptions spell the message's name in upper case, and some have no type (recorded).
        Assert.Matches(message, answer.Json.GetProperty(code is "ResourceNotFoundException" or "CodeSigningConfigNotFoundException" ? "Message" : "message").GetString()!);
        Assert.Equal(code is not ("ValidationException" or "RequestEntityTooLargeException"),
            answer.Json.TryGetProperty("Type", out var type) && type.GetString() == "User");
        Assert.Equal("1", (await server.InvokeAsync("fine", "1")).Succeeded);
    }
}
