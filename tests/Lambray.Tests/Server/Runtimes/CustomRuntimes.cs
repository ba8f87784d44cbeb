using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.Runtimes;

/// <summary>Functions that bring their runtime as a file <c>bootstrap</c>.</summary>
public sealed class CustomRuntimes(WholeServer server) : IClassFixture<WholeServer>
{
    const int Executable = 0x81ED << 16;
    const int PlainFile = 0x81A4 << 16;

    const string Script = """
        #!/bin/bash
        # The simplest client there is: one connection for each request.
        host=${AWS_LAMBDA_RUNTIME_API%:*} port=${AWS_LAMBDA_RUNTIME_API#*:}
        ask() {
          exec 3<>"/dev/tcp/$host/$port"
          printf '%s\r\nHost: runtime\r\nConnection: close\r\n\r\n%s' "$1" "$2" >&3
          answer=$(tr -d '\r' <&3)
          exec 3>&-
        }
        runs=0
        while ask "GET /2018-06-01/runtime/invocation/next HTTP/1.1"; do
          id=$(sed -n 's/^Lambda-Runtime-Aws-Request-Id: //p' <<<"$answer")
          event=$(sed '1,/^$/d' <<<"$answer")
          runs=$((runs + 1))
          case $event in
            *fail*) kind=error body='{"errorType":"Asked","errorMessage":"as asked"}' ;;
            *exit*) exit 7 ;;
            *) kind=response body="\"$runs $_HANDLER ${AWS_EXECUTION_ENV:-none} ${_X_AMZN_TRACE_ID:-none}\"" ;;
          esac
          ask "POST /2018-06-01/runtime/invocation/$id/$kind HTTP/1.1
        Content-Length: ${#body}" "$body"
        done
        """;

    [Theory]
    [InlineData("provided.al2")]
    [InlineData("provided.al2023")]
    public async Task A_script_serves_cold_and_warm_and_fails_as_it_says(string runtime)
    {
        var name = await CreateAsync(runtime, Package("bootstrap", Script, Executable));
        Assert.Equal("\"1 function.handler none none\"", (await server.InvokeAsync(name)).Succeeded);
        Assert.Equal("\"2 function.handler none none\"", (await server.InvokeAsync(name)).Succeeded);
        var failed = await server.InvokeAsync(name, "\"fail\"");
        Assert.Equal(("Asked", "as asked"), (failed.ErrorType, failed.ErrorMessage));
        Assert.Equal("\"4 function.handler none none\"", (await server.InvokeAsync(name)).Succeeded);
        var ended = await server.InvokeAsync(name, "\"exit\"");
        Assert.Equal($"RequestId: {ended.RequestId} Error: Runtime exited with error: exit status 7", ended.ErrorMessage);
    }

    [Fact]
    public async Task A_layer_brings_it_too()
    {
        var layer = await server.SendAsync(HttpMethod.Post, "/2018-10-31/layers/runtime/versions", new JsonObject
        {
            ["Content"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(Package("bootstrap", Script, Executable)) },
        }.ToJsonString());
        var name = await CreateAsync("provided.al2023", WholeServer.Zip(("readme", "")), new JsonObject
        {
            ["Layers"] = new JsonArray(JsonNode.Parse(layer.Body)!["LayerVersionArn"]!.GetValue<string>()),
        });
        Assert.StartsWith("\"1 ", (await server.InvokeAsync(name)).Succeeded, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_bootstrap_or_without_leave_to_run_it_the_entry_point_is_invalid()
    {
        var missing = await server.InvokeAsync(await CreateAsync("provided.al2023", WholeServer.Zip(("readme", ""))));
        Assert.Equal("Runtime.InvalidEntrypoint", missing.ErrorType);
        Assert.Equal($"RequestId: {missing.RequestId} Error: Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]", missing.ErrorMessage);
        Assert.Contains("Phase: init\tStatus: error\tError Type: Runtime.InvalidEntrypoint", missing.Log, StringComparison.Ordinal);

        var forbidden = await server.InvokeAsync(await CreateAsync("provided.al2023", Package("bootstrap", Script, PlainFile)));
        Assert.Equal("Runtime.InvalidEntrypoint", forbidden.ErrorType);
        Assert.Equal($"RequestId: {forbidden.RequestId} Error: fork/exec /var/task/bootstrap: permission denied", forbidden.ErrorMessage);
    }

    [Fact]
    public async Task A_native_program_serves_too()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/gcc"), "The program is compiled by gcc.");
        using var directory = new TemporaryDirectory();
        var source = Path.Combine(directory.Path, "bootstrap.c");
        await File.WriteAllTextAsync(source, NativeRuntime.Source, TestContext.Current.CancellationToken);
        var program = Path.Combine(directory.Path, "bootstrap");
        using (var gcc = Process.Start("/usr/bin/gcc", ["-O1", "-o", program, source])) await gcc.WaitForExitAsync(TestContext.Current.CancellationToken);

        var name = await CreateAsync("provided.al2023", Package("bootstrap", await File.ReadAllBytesAsync(program, TestContext.Current.CancellationToken), Executable));
        Assert.Equal("""{"echo":"cold"}""", (await server.InvokeAsync(name, """{"echo":"cold"}""")).Succeeded);
        Assert.Equal("""{"echo":"warm"}""", (await server.InvokeAsync(name, """{"echo":"warm"}""")).Succeeded);
    }

    static byte[] Package(string file, string text, int attributes) => Package(file, System.Text.Encoding.UTF8.GetBytes(text), attributes);

    static byte[] Package(string file, byte[] content, int attributes)
    {
        var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var entry = archive.CreateEntry(file);
            entry.ExternalAttributes = attributes;
            using var stream = entry.Open();
            stream.Write(content);
        }
        return bytes.ToArray();
    }

    async Task<string> CreateAsync(string runtime, byte[] zip, JsonObject? settings = null)
    {
        var name = "custom-" + Guid.NewGuid().ToString("n")[..8];
        var all = new JsonObject { ["Runtime"] = runtime, ["Handler"] = "function.handler" };
        foreach (var (field, value) in settings ?? []) all[field] = value?.DeepClone();
        await server.CreateAsync(name, zip, all);
        return name;
    }
}
