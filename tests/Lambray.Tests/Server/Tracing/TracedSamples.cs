using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lambray.Tracing.TraceQuery;
using Xunit;

namespace Lambray.Tests.Server.Tracing;

/// <summary>The samples, whose calls the real X-Ray SDK records: SDK for JavaScript v3, and v2 by captureAWS.</summary>
public sealed class TracedSamples(WholeServer server) : IClassFixture<WholeServer>
{
    [Theory]
    [InlineData("put-object", "S3")]
    [InlineData("put-object-v2", "s3")]
    public async Task Puts_an_object_and_shows_it_in_trace_and_map(string sample, string recordedName)
    {
        var bucket = $"greetings-of-{sample}";
        (await server.Http.PutAsync($"/{bucket}", null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await server.CreateAsync(sample, Package(sample), new JsonObject
        {
            ["TracingConfig"] = new JsonObject { ["Mode"] = "Active" },
            ["Environment"] = new JsonObject { ["Variables"] = new JsonObject { ["BUCKET"] = bucket } },
            ["MemorySize"] = 512,
            ["Timeout"] = 30,
        });
        var (id, header) = StoredTrace.Begin();

        var answer = await server.InvokeAsync(sample, """{"name":"Ada","key":"ada.txt"}""", traceHeader: header);

        Assert.Equal("ada.txt", JsonElement.Parse(answer.Succeeded).GetProperty("key").GetString());
        Assert.Equal("Hello, Ada!", await server.Http.GetStringAsync($"/{bucket}/ada.txt", TestContext.Current.CancellationToken));
        var documents = await StoredTrace.WithAsync(server.Http, id, sample, sample, "Initialization", "## compose-greeting", recordedName, "Overhead");
        var rows = StoredTrace.Timeline(id, documents).Rows;
        var function = rows.Single(row => row.Origin == "AWS::Lambda::Function");
        var put = rows.Single(row => row.Name == recordedName && row.Kind == TimelineRowKind.Subsegment);
        var composed = rows.Single(row => row.Name == "## compose-greeting");
        Assert.All([put, composed], row => Assert.Equal(function.Id, row.ParentId));
        Assert.Equal(("aws", 200), (put.Namespace, put.HttpStatus));
        Assert.Equal("PutObject", put.Entity.Aws!.Value.GetProperty("operation").GetString());
        Assert.Equal(bucket, put.Entity.Aws!.Value.GetProperty("bucket_name").GetString());
        Assert.Equal("Ada", composed.Entity.Annotations["name"].Text);
        Assert.Equal("Hello, Ada!", composed.Entity.Metadata!.Value.GetProperty("default").GetProperty("greeting").GetString());
        Assert.Equal(["client", "AWS::Lambda", "AWS::Lambda::Function", "AWS::S3"], await PathOnMapAsync(id.ToString()));
    }

    /// <summary>The types of the nodes from the client on, along each node's first edge.</summary>
    async Task<IReadOnlyList<string>> PathOnMapAsync(string traceId)
    {
        using var answer = await server.Http.PostAsync("/TraceGraph", new StringContent($$"""{"TraceIds":["{{traceId}}"]}"""));
        var nodes = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("Services").EnumerateArray().ToList();
        var path = new List<string>();
        JsonElement? next = nodes.Single(node => node.GetProperty("Type").GetString() == "client");
        while (next is { } node)
        {
            path.Add(node.GetProperty("Type").GetString()!);
            var edge = node.GetProperty("Edges").EnumerateArray().Cast<JsonElement?>().FirstOrDefault();
            next = edge is { } found ? nodes.Single(other => other.GetProperty("ReferenceId").GetInt32() == found.GetProperty("ReferenceId").GetInt32()) : null;
        }
        return path;
    }

    /// <summary>The sample as its README zips it, with the packages that ./test has installed.</summary>
    static byte[] Package(string sample)
    {
        var folder = Path.Combine(RepositoryRoot(), "samples", sample);
        Assert.True(Directory.Exists(Path.Combine(folder, "node_modules")), $"samples/{sample} has no packages: run npm ci there, or ./test.");
        var zip = new MemoryStream();
        ZipFile.CreateFromDirectory(folder, zip, CompressionLevel.Fastest, includeBaseDirectory: false);
        return zip.ToArray();
    }

    static string RepositoryRoot([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", ".."));
}
