using System.Net;
using Xunit;

namespace Lambray.Tests.Server.Lambda;

/// <summary>Functions that do as they should, through the whole server.</summary>
public sealed class InvokingFunctions(WholeServer server) : IClassFixture<WholeServer>
{
    [Fact]
    public async Task A_handler_gets_the_event_and_its_result_is_the_answer()
    {
        await server.CreateAsync("echo", "exports.handler = async (event) => ({ got: event });");
        var answer = await server.InvokeAsync("echo", """{"a":[1,"ü"]}""");
        Assert.Equal((HttpStatusCode.OK, null, """{"got":{"a":[1,"ü"]}}""", "$LATEST"), (answer.Status, answer.FunctionError, answer.Payload, answer.Headers["X-Amz-Executed-Version"]));
    }
}
