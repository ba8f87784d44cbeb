using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.Runtimes;

/// <summary>Functions that are one file of source text.</summary>
/// <param name="file">The file that the handler <c>app.handler</c> is in.</param>
public abstract class ScriptFunctions(WholeServer server, string runtime, string file)
{
    protected WholeServer Server => server;

    protected Task CreateAsync(string name, string source, string handler = "app.handler", JsonObject? settings = null)
    {
        var all = new JsonObject { ["Runtime"] = runtime, ["Handler"] = handler };
        foreach (var (field, value) in settings ?? []) all[field] = value?.DeepClone();
        return server.CreateAsync(name, WholeServer.Zip((file, source)), all);
    }

    /// <param name="message">A pattern, with <c>&lt;id&gt;</c> for the request id.</param>
    protected async Task FailsAsync(string name, string source, string handler, string type, string message)
    {
        await CreateAsync(name, source, handler, new JsonObject { ["Timeout"] = type == "Sandbox.Timedout" ? 2 : 10 });
        var answer = await server.InvokeAsync(name);
        Assert.Equal(("Unhandled", type), (answer.FunctionError, answer.ErrorType));
        Assert.Matches(message.Replace("<id>", answer.RequestId, StringComparison.Ordinal), answer.ErrorMessage!);
    }

    /// <param name="source">A function of 128 MB that takes far more when its event is <c>true</c>.</param>
    protected async Task IsEndedForItsMemoryAsync(string name, string source)
    {
        await CreateAsync(name, source);
        Assert.Matches("signal: killed$", (await server.InvokeAsync(name, "true")).ErrorMessage!);
        Assert.Equal("\"modest\"", (await server.InvokeAsync(name, "false")).Succeeded);
    }
}
