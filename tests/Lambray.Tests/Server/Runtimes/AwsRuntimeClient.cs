using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.Runtimes;

/// <summary>AWS's own runtime client for Node.js, as npm has it, on our Runtime API. It takes minutes to compile: <c>./test runtime-client</c> does it.</summary>
public sealed class AwsRuntimeClient(WholeServer server) : IClassFixture<WholeServer>
{
    const string Client = "node_modules/aws-lambda-ric";

    const string Handler = """
        let runs = 0;
        export const handler = async (event, context) => {
          console.log('handling');
          if (event.fail) throw new RangeError('as asked');
          if (event.exit) process.exit(5);
          return { runs: ++runs, request: context.awsRequestId, left: context.getRemainingTimeInMillis() > 0, trace: process.env._X_AMZN_TRACE_ID };
        };
        """;

    static readonly string Installed = Path.Combine(TestsFolder(), "node-ric", Client);

    [Fact]
    public async Task Serves_cold_and_warm_and_reports_errors()
    {
        Assert.SkipUnless(File.Exists(Path.Combine(Installed, "dist", "rapid-client.node")), "aws-lambda-ric is not installed: ./test runtime-client does that.");
        await server.CreateAsync("foreign", Package(), new JsonObject { ["Runtime"] = "provided.al2023", ["MemorySize"] = 256 });

        var cold = await server.InvokeAsync("foreign", traceHeader: "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1");
        Assert.Equal((1, cold.RequestId, true), (cold.Json.GetProperty("runs").GetInt32(), cold.Json.GetProperty("request").GetString(), cold.Json.GetProperty("left").GetBoolean()));
        Assert.StartsWith("Root=1-5759e988-bd862e3fe1be46a994272793;", cold.Json.GetProperty("trace").GetString(), StringComparison.Ordinal);
        Assert.Contains($"\t{cold.RequestId}\tINFO\thandling\n", cold.Log, StringComparison.Ordinal);

        Assert.Equal(2, (await server.InvokeAsync("foreign")).Json.GetProperty("runs").GetInt32());
        var failed = await server.InvokeAsync("foreign", """{"fail":true}""");
        Assert.Equal(("RangeError", "as asked"), (failed.ErrorType, failed.ErrorMessage));
        Assert.Equal(3, (await server.InvokeAsync("foreign")).Json.GetProperty("runs").GetInt32());
        Assert.Equal("Runtime.ExitError", (await server.InvokeAsync("foreign", """{"exit":true}""")).ErrorType);
        Assert.Equal(1, (await server.InvokeAsync("foreign")).Json.GetProperty("runs").GetInt32());
    }

    static byte[] Package()
    {
        var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "bootstrap", $"#!/bin/sh\nexec node {Client}/bin/index.mjs index.handler\n");
            Add(archive, "index.mjs", Handler);
            foreach (var file in new[] { "package.json", "bin/index.mjs", "dist/index.mjs", "dist/rapid-client.node" })
                archive.CreateEntryFromFile(Path.Combine(Installed, file), $"{Client}/{file}");
        }
        return bytes.ToArray();
    }

    static void Add(ZipArchive archive, string name, string text)
    {
        var entry = archive.CreateEntry(name);
        entry.ExternalAttributes = 0x81ED << 16;
        using var writer = new StreamWriter(entry.Open());
        writer.Write(text);
    }

    static string TestsFolder([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));
}
