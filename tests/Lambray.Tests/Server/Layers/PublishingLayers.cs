using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.Layers;

/// <summary>The control plane of layers, with AWS's answers and refusals (as recorded in 2025 and 2026).</summary>
public sealed class PublishingLayers(WholeServer server) : IClassFixture<WholeServer>
{
    const string Layers = "/2018-10-31/layers";
    const string Prefix = $"arn:aws:lambda:{WholeServer.Region}:{WholeServer.Account}:layer:";

    static readonly byte[] Content = WholeServer.Zip(("nodejs/node_modules/five/index.js", "module.exports = 5;"));

    [Fact]
    public async Task A_python_client_publishes_reads_lists_and_deletes_versions()
    {
        var seen = (await ClientProcess.Boto3(server.Address, $"""
            import base64
            aws = client('lambda')
            zip = base64.b64decode('{Convert.ToBase64String(Content)}')
            first = aws.publish_layer_version(LayerName='cycle', Content=dict(ZipFile=zip), Description='d', LicenseInfo='MIT',
                CompatibleRuntimes=['nodejs20.x', 'nodejs14.x'], CompatibleArchitectures=['x86_64'])
            second = aws.publish_layer_version(LayerName='{Prefix}cycle', Content=dict(ZipFile=zip))
            strip = lambda answer: [answer.pop('ResponseMetadata')['HTTPStatusCode'], answer][1]
            got = aws.get_layer_version(LayerName='cycle', VersionNumber=1)
            by_arn = aws.get_layer_version_by_arn(Arn='{Prefix}cycle:1')
            same = strip(got) == strip(by_arn) == strip(dict(first))
            names = lambda page: [v['Version'] for v in page['LayerVersions']]
            listed = aws.list_layer_versions(LayerName='cycle', MaxItems=1)
            rest = aws.list_layer_versions(LayerName='cycle', Marker=listed['NextMarker'])
            matching = aws.list_layers(CompatibleRuntime='nodejs14.x')['Layers']
            for version in (1, 2): aws.delete_layer_version(LayerName='cycle', VersionNumber=version)
            third = aws.publish_layer_version(LayerName='cycle', Content=dict(ZipFile=zip))
            print(json.dumps([first, same, second['Version'], names(listed), names(rest), matching, third['Version']]))
            """)).Succeeded;
        var answers = JsonElement.Parse(seen).EnumerateArray().ToArray();
        var first = answers[0];
        Assert.Equal(($"{Prefix}cycle", $"{Prefix}cycle:1", 1L, "d", "MIT"), (Text(first, "LayerArn"), Text(first, "LayerVersionArn"),
            first.GetProperty("Version").GetInt64(), Text(first, "Description"), Text(first, "LicenseInfo")));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$", Text(first, "CreatedDate"));
        Assert.Equal(Content.Length, first.GetProperty("Content").GetProperty("CodeSize").GetInt64());
        Assert.Equal("[true,2,[2],[1]]", new JsonArray([.. answers[1..5].Select(answer => JsonNode.Parse(answer.GetRawText()))]).ToJsonString());
        var matching = Assert.Single(answers[5].EnumerateArray());
        Assert.Equal(("cycle", 1L), (Text(matching, "LayerName"), matching.GetProperty("LatestMatchingVersion").GetProperty("Version").GetInt64()));
        // A number is never given again.
        Assert.Equal(3, answers[6].GetInt64());
    }

    [Fact]
    public async Task The_location_of_a_version_has_what_was_published()
    {
        var published = await PublishAsync("located");
        using var answer = await server.Http.GetAsync(Text(published.GetProperty("Content"), "Location"), TestContext.Current.CancellationToken);
        Assert.Equal(Content, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Layers_survive_a_restart()
    {
        await using var own = await WholeServer.StartAsync();
        await own.SendAsync(HttpMethod.Post, $"{Layers}/lasting/versions", Request().ToJsonString());
        var before = await own.SendAsync(HttpMethod.Get, $"{Layers}/lasting/versions/1");
        await own.StopAsync();
        await own.InitializeAsync();
        var after = await own.SendAsync(HttpMethod.Get, $"{Layers}/lasting/versions/1");
        Assert.Equal(before.Json.GetProperty("CreatedDate").GetString(), after.Succeeded.GetProperty("CreatedDate").GetString());
    }

    [Theory]
    [InlineData("GET", "/absent/versions/1", "", 404, "ResourceNotFoundException", @"^The resource you requested does not exist\.$")]
    [InlineData("GET", "/absent/versions/0", "", 400, "InvalidParameterValueException", "^Layer Version Cannot be less than 1$")]
    [InlineData("DELETE", "/absent/versions/-1", "", 400, "InvalidParameterValueException", "^Layer Version Cannot be less than 1$")]
    [InlineData("GET", "/a.b/versions/1", "", 400, "ValidationException", "^1 validation error detected: Value 'a.b' at 'layerName' failed to satisfy constraint: Member must satisfy regular expression pattern: ")]
    [InlineData("GET", "?find=LayerVersion&Arn=" + Prefix + "x", "", 400, "ValidationException", "^1 validation error detected: Value '" + Prefix + "x' at 'arn' failed")]
    [InlineData("GET", "?find=LayerVersion&Arn=" + Prefix + "absent:4", "", 404, "ResourceNotFoundException", @"^The resource you requested does not exist\.$")]
    [InlineData("GET", "?CompatibleArchitecture=vax", "", 400, "ValidationException", @"at 'compatibleArchitecture' .*enum value set: \[x86_64, arm64\]$")]
    [InlineData("GET", "?CompatibleRuntime=cobol", "", 400, "ValidationException", @"^1 validation error detected: Value 'cobol' at 'compatibleRuntime' ")]
    [InlineData("GET", "?MaxItems=51", "", 400, "ValidationException", "at 'maxItems' .*less than or equal to 50$")]
    [InlineData("POST", "/new/versions", "{}", 400, "InvalidParameterValueException", "^Please provide a source for layer content")]
    [InlineData("POST", "/new/versions", """{"Content":{"ZipFile":"bm8gemlw"}}""", 400, "InvalidParameterValueException", "^Could not unzip uploaded file")]
    [InlineData("POST", "/new/versions", """{"Content":{"ZipFile":""},"CompatibleRuntimes":["cobol"],"CompatibleArchitectures":["vax","x86_64"]}""", 400, "ValidationException",
        @"^2 validation errors detected: Value '\[cobol\]' at 'compatibleRuntimes' failed to satisfy constraint: Member must satisfy enum value set: \[nodejs20\.x, .*, java8\.al2\]; Value '\[vax, x86_64\]' at 'compatibleArchitectures' failed to satisfy constraint: Member must satisfy constraint: \[Member must satisfy enum value set: \[x86_64, arm64\], Member must not be null\]$")]
    public async Task Refuses(string method, string path, string body, int status, string code, string message)
    {
        var answer = await server.SendAsync(new HttpMethod(method), Layers + path, body);
        Assert.Equal(((HttpStatusCode)status, code), (answer.Status, answer.Code));
        Assert.Matches(message, Text(answer.Json, status == 404 ? "Message" : "message"));
    }

    [Fact]
    public async Task Deleting_what_is_not_there_succeeds_and_its_versions_are_none()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await server.SendAsync(HttpMethod.Delete, $"{Layers}/absent/versions/1")).Status);
        Assert.Equal("""{"LayerVersions":[]}""", (await server.SendAsync(HttpMethod.Get, $"{Layers}/absent/versions")).Body);
    }

    public static TheoryData<string[], string, string> References => new()
    {
        { [Prefix + "ref:1", Prefix + "ref:2"], "InvalidParameterValueException",
            $"Two different versions of the same layer are not allowed to be referenced in the same function. {Prefix}ref:1 and {Prefix}ref:2 are versions of the same layer." },
        { [Prefix + "absent:1"], "InvalidParameterValueException", $"Layer version {Prefix}absent:1 does not exist." },
        { [Prefix + "ref:9"], "InvalidParameterValueException", $"Layer version {Prefix}ref:9 does not exist." },
        { [$"arn:aws:lambda:us-west-2:{WholeServer.Account}:layer:ref:1"], "InvalidParameterValueException",
            $"Layers are not in the same region as the function. Layers are expected to be in region {WholeServer.Region}." },
        { [.. Enumerable.Range(1, 6).Select(n => $"{Prefix}l{n}:1")], "InvalidParameterValueException", "Cannot reference more than 5 layers." },
        { [Prefix + "ref"], "ValidationException",
            $"1 validation error detected: Value '[{Prefix}ref]' at 'layers' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 2048, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{{2}}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{{1}}:\\d{{12}}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+), Member must not be null]" },
    };

    [Theory]
    [MemberData(nameof(References))]
    public async Task A_function_is_refused_layers(string[] layers, string code, string message)
    {
        await PublishAsync("ref");
        var create = WholeServer.CreateRequest("refused", Content, new JsonObject { ["Layers"] = new JsonArray([.. layers.Select(arn => JsonValue.Create(arn))]) });
        var answer = await server.SendAsync(HttpMethod.Post, "/2015-03-31/functions", create.ToJsonString());
        Assert.Equal((HttpStatusCode.BadRequest, code, message), (answer.Status, answer.Code, Text(answer.Json, "message")));
    }

    [Fact]
    public async Task Code_and_layers_share_250_megabytes()
    {
        await server.SendAsync(HttpMethod.Post, $"{Layers}/large/versions", Request(Zeros(200)).ToJsonString());
        var create = WholeServer.CreateRequest("large", Zeros(51), new JsonObject { ["Layers"] = new JsonArray(Prefix + "large:1") });
        var answer = await server.SendAsync(HttpMethod.Post, "/2015-03-31/functions", create.ToJsonString());
        Assert.Equal((HttpStatusCode.BadRequest, "Function code combined with layers exceeds the maximum allowed size of 262144000 bytes. The actual size is 263192576 bytes."),
            (answer.Status, Text(answer.Json, "message")));
    }

    async Task<JsonElement> PublishAsync(string name) =>
        (await server.SendAsync(HttpMethod.Post, $"{Layers}/{name}/versions", Request().ToJsonString())).Succeeded;

    static JsonObject Request(byte[]? zip = null) => new() { ["Content"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(zip ?? Content) } };

    static string Text(JsonElement json, string property) => json.GetProperty(property).GetString()!;

    static byte[] Zeros(int megabytes)
    {
        var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry("zeros", CompressionLevel.Fastest).Open())
            for (var i = 0; i < megabytes; i++) entry.Write(new byte[1024 * 1024]);
        return bytes.ToArray();
    }
}
