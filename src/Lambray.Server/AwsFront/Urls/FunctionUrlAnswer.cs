using System.Text;
using Lambray.Functions.Invocation;
using Lambray.Server.AwsFront.HttpEvents;

namespace Lambray.Server.AwsFront.Urls;

/// <summary>A function's result as an HTTP response of its address ("Response payload format" in the Developer Guide; recorded).</summary>
static class FunctionUrlAnswer
{
    const string InternalServerError = "Internal Server Error";
    const string Json = "application/json";

    public static Task WriteAsync(HttpResponse response, InvokeResult result)
    {
        var answer = result.FunctionError is null ? FunctionAnswer.FindInferred(result.Payload) : null;
        return (answer ?? new FunctionAnswer(StatusCodes.Status502BadGateway, [], [], Encoding.UTF8.GetBytes(InternalServerError))).WriteAsync(response, Json);
    }

    /// <summary>Status, headers and cookies of a response whose body comes by itself.</summary>
    /// <returns>False when it is none, and nothing is written.</returns>
    public static bool TryWriteHead(HttpResponse response, ReadOnlySpan<byte> prelude)
    {
        if (FunctionAnswer.FindHead(prelude.ToArray()) is not { } head) return false;
        head.WriteHead(response);
        return true;
    }
}
