using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Lambray.Server.Hosting;
using Lambray.Tracing.Segments;
using Xunit;

namespace Lambray.Tests.Server.S3;

/// <summary>A server whose S3 is another server: clients notice nothing, calls are traced, and the other's notifications come in.</summary>
public sealed class ForwardingToAnotherServer(ResourcesServer other) : IClassFixture<ResourcesServer>
{
    [Fact]
    public async Task Clients_work_through_it()
    {
        await using var server = await StartAsync(IsolationMode.Process);
        foreach (var script in (string[])["objects.py", "multipart.py"])
        {
            var outcome = await ClientProcess.Python(Script(script), server.Address.ToString());
            Assert.True(outcome.ExitCode == 0, outcome.Error);
        }
        Assert.Equal(HttpStatusCode.OK, (await other.Http.GetAsync("/parts/transferred", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Empty(Directory.GetFiles(Path.Combine(server.DataDirectory, "s3"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Calls_of_functions_are_traced_and_functions_are_told_by_the_webhook()
    {
        SandboxServer.SkipUnlessAvailable();
        await using var server = await StartAsync(IsolationMode.Sandbox);
        await other.Http.PutAsync("/seen", null, TestContext.Current.CancellationToken);
        await server.CreateAsync("caller", """
            const http = require('http');
            exports.handler = (event) => new Promise((resolve, reject) => {
              http.request(process.env.AWS_ENDPOINT_URL + '/seen/' + (event.Records ? 'told' : 'called'), { method: 'PUT' },
                answer => answer.resume().on('end', resolve)).on('error', reject).end(JSON.stringify(event));
            });
            """, new JsonObject { ["TracingConfig"] = new JsonObject { ["Mode"] = "Active" } });
        var trace = TraceId.New(TimeProvider.System.GetUtcNow());
        await server.InvokeAsync("caller", traceHeader: $"Root={trace};Sampled=1");
        Assert.Equal("{}", await other.Http.GetStringAsync("/seen/called", TestContext.Current.CancellationToken));
        await Eventually.HoldsAsync(async () =>
            (await server.SendAsync(HttpMethod.Post, "/Traces", $$"""{"TraceIds":["{{trace}}"]}""")).Body.Contains("\\\"bucket_name\\\":\\\"seen\\\"", StringComparison.Ordinal),
            () => "The call is in the trace");

        var hook = await server.SendAsync(HttpMethod.Post, "/_lambray/webhooks/s3/caller", """{"EventName":"s3:ObjectCreated:Put","Key":"b/k","Records":[{"eventName":"ObjectCreated:Put"}]}""");
        Assert.Equal(HttpStatusCode.OK, hook.Status);
        await Eventually.HoldsAsync(async () => (await other.Http.GetAsync("/seen/told")).StatusCode == HttpStatusCode.OK, () => "The function is told");
        Assert.Equal("""{"Records":[{"eventName":"ObjectCreated:Put"}]}""", await other.Http.GetStringAsync("/seen/told", TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.BadRequest, (await server.SendAsync(HttpMethod.Post, "/_lambray/webhooks/s3/caller", "[]")).Status);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_to_be_so()
    {
        // Nothing listens at the port that is kept for nothing.
        await using var server = await WholeServer.StartAsync(config => config with { Elsewhere = new Dictionary<string, ServiceElsewhere> { ["s3"] = new(new Uri("http://127.0.0.1:1")) } });
        var answer = await server.SendAsync(HttpMethod.Get, "/bucket/key");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Contains("<Code>ServiceUnavailable</Code>", answer.Body, StringComparison.Ordinal);
    }

    Task<WholeServer> StartAsync(IsolationMode isolation) => WholeServer.StartAsync(config => config with
    {
        Isolation = isolation,
        Elsewhere = new Dictionary<string, ServiceElsewhere> { ["s3"] = new(other.Address, "OTHERKEY", "other-secret") },
    });

    static string Script(string name, [CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "s3", name));
}
