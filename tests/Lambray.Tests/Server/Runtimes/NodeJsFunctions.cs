using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.Runtimes;

/// <summary>What the Node.js runtime brings along; all else about it is tested with Lambda itself.</summary>
public abstract class NodeJsFunctions(WholeServer server) : ScriptFunctions(server, "nodejs22.x", "app.js")
{
    static readonly JsonObject Large = new() { ["MemorySize"] = 512, ["Timeout"] = 30 };

    [Theory]
    [InlineData("common", "index.js", "const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3'); exports.handler = ")]
    [InlineData("module", "index.mjs", "import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3'; export const handler = ")]
    public async Task Reach_our_S3_by_the_SDK_that_the_runtime_brings(string kind, string file, string beginning)
    {
        (await Server.Http.PutAsync($"/from-{kind}", null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        var source = beginning + $$"""
            async () => (await new S3Client().send(new PutObjectCommand({ Bucket: 'from-{{kind}}', Key: 'a/b.txt', Body: 'hello' }))).$metadata.httpStatusCode;
            """;
        await Server.CreateAsync("sdk-" + kind, WholeServer.Zip((file, source)), Large);
        Assert.Equal("200", (await Server.InvokeAsync("sdk-" + kind)).Succeeded);
        Assert.Equal("hello", await Server.Http.GetStringAsync($"/from-{kind}/a/b.txt", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task May_stream_their_response()
    {
        await CreateAsync("streams", """
            exports.handler = awslambda.streamifyResponse(async (event, stream, context) => {
              if (event.fail) throw new RangeError('nothing sent');
              stream.setContentType('application/json');
              stream.write('["one",');
              await new Promise((resolve) => setTimeout(resolve, 10));
              stream.end(`"${context.functionName}"]`);
            });
            """);
        Assert.Equal("""["one","streams"]""", (await Server.InvokeAsync("streams")).Succeeded);
        Assert.Equal(("RangeError", "nothing sent"), ErrorOf(await Server.InvokeAsync("streams", """{"fail":true}""")));
        Assert.Equal("""["one","streams"]""", (await Server.InvokeAsync("streams")).Succeeded);
    }

    static (string? Type, string? Message) ErrorOf(Invocation answer) => (answer.ErrorType, answer.ErrorMessage);
}

public sealed class NodeJsProcesses(ProcessServer server) : NodeJsFunctions(server), IClassFixture<ProcessServer>;

public sealed class NodeJsSandboxes : NodeJsFunctions, IClassFixture<SandboxServer>
{
    public NodeJsSandboxes(SandboxServer server) : base(server) => SandboxServer.SkipUnlessAvailable();

    [Fact]
    public Task Are_ended_when_they_take_more_memory_than_they_have() =>
        IsEndedForItsMemoryAsync("js-greedy", "exports.handler = async (event) => event ? Buffer.alloc(400_000_000, 1).length : 'modest';");
}
