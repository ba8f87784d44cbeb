using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.Layers;

/// <summary>What a function has of its layers, whichever way its environments are isolated.</summary>
public abstract class UsingLayers(WholeServer server)
{
    const string Layers = "/2018-10-31/layers";

    [Fact]
    public async Task Later_layers_lie_over_earlier_ones_and_outlive_their_deletion()
    {
        var lower = await PublishAsync("lower", ("nodejs/node_modules/one/index.js", "module.exports = 'one below';"), ("nodejs/node_modules/two/index.js", "module.exports = 'two below';"),
            ("bin/tool", "#!/bin/sh\necho lower"));
        var upper = await PublishAsync("upper", ("nodejs/node_modules/two/index.js", "module.exports = 'two above';"), ("bin/tool", "#!/bin/sh\necho upper"));
        await server.CreateAsync("layered", """
            exports.handler = async () => [require('one'), require('two'), require('child_process').execFileSync('tool', { encoding: 'utf8' }).trim()];
            """, new JsonObject { ["Layers"] = new JsonArray(lower, upper) });
        Assert.Equal("""["one below","two above","upper"]""", (await server.InvokeAsync("layered")).Succeeded);

        Assert.Equal(HttpStatusCode.NoContent, (await server.SendAsync(HttpMethod.Delete, $"{Layers}/lower/versions/1")).Status);
        await ConfigureAsync("layered", new JsonObject { ["Description"] = "changed" });
        Assert.Equal("""["one below","two above","upper"]""", (await server.InvokeAsync("layered")).Succeeded);
        var shown = (await server.SendAsync(HttpMethod.Get, "/2015-03-31/functions/layered/configuration")).Succeeded.GetProperty("Layers");
        Assert.Equal([lower, upper], shown.EnumerateArray().Select(layer => layer.GetProperty("Arn").GetString()));
        Assert.All(shown.EnumerateArray(), layer => Assert.True(layer.GetProperty("CodeSize").GetInt64() > 0));

        await ConfigureAsync("layered", new JsonObject { ["Layers"] = new JsonArray() });
        Assert.StartsWith("Cannot find module 'one'", (await server.InvokeAsync("layered")).ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrapper_script_starts_the_runtime()
    {
        var wrapper = await PublishAsync("wrapper", ("wrap", "#!/bin/sh\nexport WRAPPED=yes\nexec \"$@\" --from-wrapper\n"));
        await server.CreateAsync("wrapped", "exports.handler = async () => [process.env.WRAPPED, process.argv.at(-1)];", new JsonObject
        {
            ["Layers"] = new JsonArray(wrapper),
            ["Environment"] = new JsonObject { ["Variables"] = new JsonObject { ["AWS_LAMBDA_EXEC_WRAPPER"] = "/opt/wrap" } },
        });
        Assert.Equal("""["yes","--from-wrapper"]""", (await server.InvokeAsync("wrapped")).Succeeded);
    }

    async Task ConfigureAsync(string function, JsonObject settings)
    {
        await server.SendAsync(HttpMethod.Put, $"/2015-03-31/functions/{function}/configuration", settings.ToJsonString());
        await server.SettledAsync(function);
    }

    Task<string> PublishAsync(string name, params (string Name, string Text)[] files) => server.PublishLayerAsync(name, files);
}

public sealed class UsingLayersInProcesses(ProcessServer server) : UsingLayers(server), IClassFixture<ProcessServer>;

public sealed class UsingLayersInSandboxes : UsingLayers, IClassFixture<SandboxServer>
{
    public UsingLayersInSandboxes(SandboxServer server) : base(server) => SandboxServer.SkipUnlessAvailable();
}
