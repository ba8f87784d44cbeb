using Lambray.Aws;
using Lambray.Tracing.Segments;

namespace Lambray.Server.ConsoleApi;

/// <summary>Checks what a page asks with, and says in a sentence what is wrong with it.</summary>
static class Asked
{
    public static void Within(int number, string name, int max)
    {
        if (number < 1 || number > max) throw Wrong($"'{name}' must be a number from 1 to {max}.");
    }

    public static TraceId TraceId(string text) =>
        Tracing.Segments.TraceId.TryParse(text, out var id) ? id : throw Wrong($"'{text}' is not a trace id.");

    public static AwsException Wrong(string message) => new("InvalidRequestException", StatusCodes.Status400BadRequest, message);
}
