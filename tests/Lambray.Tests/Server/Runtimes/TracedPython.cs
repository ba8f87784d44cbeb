using System.IO.Compression;
using System.Text.Json.Nodes;
using Lambray.Tests.Server.Tracing;
using Lambray.Tracing.TraceQuery;
using Xunit;

namespace Lambray.Tests.Server.Runtimes;

/// <summary>The X-Ray SDK for Python, Debian's as a deployment package, inside a function: what it sends belongs to the right invocation.</summary>
public sealed class TracedPython(WholeServer server) : IClassFixture<WholeServer>
{
    const string Packages = "/usr/lib/python3/dist-packages";

    // The SDK and what it imports.
    static readonly string[] Bundled = ["aws_xray_sdk", "jsonpickle", "wrapt", "requests", "urllib3", "chardet", "charset_normalizer", "certifi", "idna", "six.py"];

    [Fact]
    public async Task Sends_subsegments_of_each_invocation()
    {
        Assert.True(Directory.Exists($"{Packages}/aws_xray_sdk"), "Debian's package python3-aws-xray-sdk is missing: ./test installs it.");
        await server.CreateAsync("py-traced", Package("""
            import boto3
            from aws_xray_sdk.core import patch, xray_recorder
            patch(["boto3"])
            s3 = boto3.client("s3")
            def handler(event, context):
                xray_recorder.begin_subsegment("## compose").put_annotation("name", event["name"])
                xray_recorder.end_subsegment()
                s3.list_buckets()
                if event["name"] == "Bob": raise ValueError("not Bob")
                return event["name"]
            """), new JsonObject
        {
            ["Runtime"] = "python3.11",
            ["Handler"] = "app.handler",
            ["TracingConfig"] = new JsonObject { ["Mode"] = "Active" },
            ["MemorySize"] = 512,
            ["Timeout"] = 60,
        });
        foreach (var (name, isFault) in new[] { ("Ada", false), ("Bob", true) })
        {
            var (id, header) = StoredTrace.Begin();
            var answer = await server.InvokeAsync("py-traced", $$"""{"name":"{{name}}"}""", traceHeader: header);
            Assert.Equal(isFault ? "ValueError" : null, answer.FunctionError is null ? null : answer.ErrorType);
            var documents = await StoredTrace.WithAsync(server.Http, id, "py-traced", "## compose", "s3", "Overhead");
            var rows = StoredTrace.Timeline(id, documents).Rows;
            var function = rows.Single(row => row.Origin == "AWS::Lambda::Function");
            var composed = rows.Single(row => row.Name == "## compose");
            var listed = rows.Single(row => row is { Name: "s3", Kind: TimelineRowKind.Subsegment });
            Assert.All([composed, listed], row => Assert.Equal(function.Id, row.ParentId));
            Assert.Equal(name, composed.Entity.Annotations["name"].Text);
            Assert.Equal("ListBuckets", listed.Entity.Aws!.Value.GetProperty("operation").GetString());
            if (isFault) Assert.Contains(documents, document => document.Contains("\"type\":\"ValueError\"", StringComparison.Ordinal) && document.Contains("/app.py", StringComparison.Ordinal));
        }
    }

    static byte[] Package(string source)
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(Path.Combine(folder.Path, "app.py"), source);
        foreach (var name in Bundled) Copy(Path.Combine(Packages, name), Path.Combine(folder.Path, name));
        var zip = new MemoryStream();
        ZipFile.CreateFromDirectory(folder.Path, zip, CompressionLevel.Fastest, includeBaseDirectory: false);
        return zip.ToArray();
    }

    static void Copy(string from, string to)
    {
        if (File.Exists(from)) File.Copy(from, to);
        if (!Directory.Exists(from)) return;
        Directory.CreateDirectory(to);
        foreach (var entry in Directory.EnumerateFileSystemEntries(from).Where(entry => !entry.EndsWith("__pycache__", StringComparison.Ordinal)))
            Copy(entry, Path.Combine(to, Path.GetFileName(entry)));
    }
}
