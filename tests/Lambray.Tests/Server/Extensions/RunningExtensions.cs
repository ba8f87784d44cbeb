using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lambray.Tests.Server.Lambda;
using Lambray.Tests.Server.Layers;
using Xunit;

namespace Lambray.Tests.Server.Extensions;

/// <summary>Extensions beside real functions, whichever way their environments are isolated.</summary>
public abstract class RunningExtensions(WholeServer server)
{
    const string Header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    [Fact]
    public async Task An_external_extension_lives_with_its_environment_from_before_the_runtime_until_after_it()
    {
        await CreateAsync("lived", """
            const fs = require('fs');
            const temporary = process.env.TMPDIR ?? '/tmp';
            const prepared = fs.readFileSync(`${temporary}/prepared`, 'utf8');
            process.on('SIGTERM', () => {
              fs.writeFileSync(`${temporary}/terminated`, '');
              process.exit(0);
            });
            exports.handler = async (event, context) => [prepared, context.invokedFunctionArn];
            """, "EXT_LINGER", "150");
        var cold = await server.InvokeAsync("lived", traceHeader: Header);
        Assert.Equal("one", JsonElement.Parse(cold.Succeeded)[0].GetString());
        Assert.Contains("one is here\n", cold.Log, StringComparison.Ordinal);
        Assert.Contains("EXTENSION\tName: one\tState: Ready\tEvents: [INVOKE, SHUTDOWN]\n", cold.Log, StringComparison.Ordinal);
        // What an extension still does is billed.
        var warm = LogReport.Of((await server.InvokeAsync("lived")).Log);
        Assert.InRange(warm.Duration, 100, 10_000);

        var registered = await ToldAsync("lived-one-0");
        Assert.Equal("""{"functionName":"lived","functionVersion":"$LATEST","handler":"index.handler","accountId":"123456789012"}""",
            registered.GetProperty("registered").GetRawText());
        Assert.Equal(("[null,null,null]", WholeServer.Region), (registered.GetProperty("hidden").GetRawText(), registered.GetProperty("region").GetString()));
        var invoke = await ToldAsync("lived-one-1");
        Assert.Equal(("INVOKE", cold.RequestId, "X-Amzn-Trace-Id"),
            (invoke.GetProperty("eventType").GetString(), invoke.GetProperty("requestId").GetString(), invoke.GetProperty("tracing").GetProperty("type").GetString()));
        Assert.StartsWith("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=", invoke.GetProperty("tracing").GetProperty("value").GetString(), StringComparison.Ordinal);
        Assert.InRange(invoke.GetProperty("left").GetInt32(), 1, 10_000);

        await server.SendAsync(HttpMethod.Delete, "/2015-03-31/functions/lived");
        var shutdown = await ToldAsync("lived-one-3");
        Assert.Equal(("SHUTDOWN", "spindown"), (shutdown.GetProperty("eventType").GetString(), shutdown.GetProperty("shutdownReason").GetString()));
        Assert.InRange(shutdown.GetProperty("left").GetInt32(), 1, 2000);
        Assert.True(shutdown.GetProperty("terminated").GetBoolean());
    }

    [Theory]
    [InlineData("timeout", "Sandbox.Timedout", "exports.handler = () => new Promise(() => setInterval(() => {}, 1000));")]
    [InlineData("failure", "Runtime.ExitError", "exports.handler = async () => process.exit(1);")]
    public async Task Extensions_hear_why_their_environment_ends(string reason, string type, string source)
    {
        await CreateAsync(reason, source, timeout: 1);
        Assert.Equal(type, (await server.InvokeAsync(reason)).ErrorType);
        Assert.Equal(reason, (await ToldAsync($"{reason}-one-2")).GetProperty("shutdownReason").GetString());
    }

    [Theory]
    [InlineData("crash", "Extension.Crash", "exit status 2")]
    [InlineData("exit-error", "Extension.ExitError", "exit code 0")]
    [InlineData("init-error", "Extension.InitError", "exit status 3")]
    public async Task An_extension_that_fails_takes_the_invocation_with_it(string fail, string type, string message)
    {
        await CreateAsync(fail, "exports.handler = () => new Promise((done) => setTimeout(done, 5000));", "EXT_FAIL", fail);
        var answer = await server.InvokeAsync(fail);
        Assert.Equal((HttpStatusCode.OK, "Unhandled", type, $"RequestId: {answer.RequestId} Error: {message}"), (answer.Status, answer.FunctionError, answer.ErrorType, answer.ErrorMessage));
        Assert.Contains($"Status: error\tError Type: {type}\t\n", answer.Log, StringComparison.Ordinal);
        if (fail == "init-error") Assert.Contains("EXTENSION\tName: one\tState: InitError\tEvents: [INVOKE, SHUTDOWN]\tError Type: Extension.Own\n", answer.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_cannot_start_is_a_launch_error()
    {
        var layer = await server.PublishLayerAsync("unlaunched", ("extensions/none", "#!/no/such/interpreter\n"));
        await server.CreateAsync("unlaunched", "exports.handler = async () => 1;", new JsonObject { ["Layers"] = new JsonArray(layer) });
        Assert.Equal("Extension.LaunchError", (await server.InvokeAsync("unlaunched")).ErrorType);
    }

    [Fact]
    public async Task Internal_extensions_register_in_init_and_take_events_but_no_shutdown()
    {
        // A module that awaits its own beginnings, so that init lasts as long as they do.
        await server.CreateAsync("internal", WholeServer.Zip(("index.mjs", """
            const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2020-01-01/extension`;
            const register = async (name, events, text = JSON.stringify({ events })) => {
              const answer = await fetch(`${api}/register`, { method: 'POST', headers: name ? { 'Lambda-Extension-Name': name } : {}, body: text });
              return [answer.status, (await answer.json()).errorType, answer.headers.get('lambda-extension-identifier')];
            };
            const next = (id) => fetch(`${api}/event/next`, { headers: id ? { 'Lambda-Extension-Identifier': id } : {} });
            const refusal = async (answer) => [answer.status, (await answer.json()).errorType];
            const seen = [];
            {
              seen.push((await register('', ['INVOKE'])).slice(0, 2), (await register('inside', ['SHUTDOWN'])).slice(0, 2), (await register('inside', ['LUNCH'])).slice(0, 2),
                (await register('inside', null, '{')).slice(0, 2));
              const [, , id] = await register('inside', ['INVOKE']);
              seen.push((await register('inside', ['INVOKE'])).slice(0, 2), await refusal(await next()), await refusal(await next('x')),
                await refusal(await next('00000000-0000-4000-8000-000000000000')));
              for (let i = 2; i <= 10; i++) { const [, , other] = await register(`n${i}`, []); next(other).catch(() => {}); }
              seen.push((await register('n11', [])).slice(0, 2));
              (async () => { for (;;) seen.push((await (await next(id)).json()).eventType); })().catch(() => {});
            }
            export const handler = async () => { await new Promise((done) => setTimeout(done, 50)); return [...seen, (await register('late', ['INVOKE'])).slice(0, 2)]; };
            """)));
        var answer = await server.InvokeAsync("internal");
        Assert.Equal(
            """[[403,"Extension.InvalidExtensionName"],[403,"Extension.InvalidEventType"],[403,"Extension.InvalidEventType"],[403,"InvalidRequestFormat"],""" +
            """[403,"Extension.InvalidExtensionState"],[403,"Extension.MissingExtensionIdentifier"],[403,"Extension.InvalidExtensionIdentifier"],""" +
            """[403,"Extension.UnknownExtensionIdentifier"],[403,"Extension.TooManyExtensions"],"INVOKE",[403,"Extension.RegistrationClosed"]]""", answer.Succeeded);
        Assert.Contains("EXTENSION\tName: inside\tState: Ready\tEvents: [INVOKE]\n", answer.Log, StringComparison.Ordinal);
    }

    async Task CreateAsync(string name, string source, string variable = "EXT_NONE", string value = "x", int timeout = 10)
    {
        await server.SendAsync(HttpMethod.Put, "/extensions");
        var layer = await server.PublishLayerAsync("extension", ("extensions/one", ExtensionSource.Text));
        await server.CreateAsync(name, source, new JsonObject
        {
            ["Layers"] = new JsonArray(layer),
            ["Timeout"] = timeout,
            ["Environment"] = new JsonObject { ["Variables"] = new JsonObject { [variable] = value } },
        });
    }

    async Task<JsonElement> ToldAsync(string key)
    {
        var told = new ApiAnswer(default, null, "");
        await Eventually.HoldsAsync(async () => (told = await server.SendAsync(HttpMethod.Get, $"/extensions/{key}")).Status == HttpStatusCode.OK, () => $"Nothing was told as {key}.");
        return told.Json;
    }
}

public sealed class ExtensionsInProcesses(ProcessServer server) : RunningExtensions(server), IClassFixture<ProcessServer>;

public sealed class ExtensionsInSandboxes : RunningExtensions, IClassFixture<SandboxServer>
{
    public ExtensionsInSandboxes(SandboxServer server) : base(server) => SandboxServer.SkipUnlessAvailable();
}
