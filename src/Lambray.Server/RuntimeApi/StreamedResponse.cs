using System.Text;
using Lambray.Functions.ExecutionEnvironments;
using Microsoft.AspNetCore.Connections;

namespace Lambray.Server.RuntimeApi;

/// <summary>A response that a runtime sends as it comes to mind ("Building a custom runtime", section "Response streaming", in the Developer Guide).</summary>
static class StreamedResponse
{
    // An error after the first byte can no longer be a status: it comes behind the body.
    const string ErrorTypeTrailer = "Lambda-Runtime-Function-Error-Type";
    const string ErrorBodyTrailer = "Lambda-Runtime-Function-Error-Body";

    /// <summary>Hands the body on as it arrives, no faster than its listener takes it.</summary>
    public static async Task ReceiveAsync(HttpContext http, ExecutionEnvironment environment, AnsweredInvocation answered)
    {
        var begun = environment.BeginResponse(answered, http.Request.ContentType, out var stream);
        if (stream is null)
        {
            await RuntimeApiAnswers.WriteAsync(http, begun);
            return;
        }
        try
        {
            if (await CopyAsync(http.Request, stream, http.RequestAborted))
                await RuntimeApiAnswers.WriteAsync(http, environment.EndResponse(stream, ErrorIn(http.Request)));
            else
                await RefuseAsync(http, environment, stream);
        }
        // The body breaks off: its connection was closed, or its process has ended.
        catch (Exception error) when (error is BadHttpRequestException or ConnectionResetException or ConnectionAbortedException or OperationCanceledException)
        {
            environment.EndResponse(stream, InvocationEnd.Malformed.Truncated);
            http.Abort();
        }
    }

    static async Task<bool> CopyAsync(HttpRequest request, ResponseStream stream, CancellationToken aborted)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(aborted);
            var fits = read.Buffer.IsEmpty || await stream.TryWriteAsync(read.Buffer);
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (!fits) return false;
            if (read.IsCompleted) return true;
        }
    }

    static async Task RefuseAsync(HttpContext http, ExecutionEnvironment environment, ResponseStream stream)
    {
        var reply = environment.EndResponse(stream, at => new InvocationEnd.TooLarge(at, stream.BytesMax));
        await RuntimeApiAnswers.WriteAsync(http, reply == RuntimeReply.Accepted ? RuntimeReply.TooLarge : reply);
    }

    static Func<DateTimeOffset, InvocationEnd>? ErrorIn(HttpRequest request)
    {
        if (!request.SupportsTrailers() || request.GetTrailer(ErrorTypeTrailer) is not [{ Length: > 0 } type]) return null;
        var error = new RuntimeError(Decode(request.GetTrailer(ErrorBodyTrailer)), type, XRayCause: null);
        return at => new InvocationEnd.Failed(at, error);
    }

    // A body that is not base64 is passed on as it is, rather than lost.
    static byte[] Decode(string? base64)
    {
        var bytes = new byte[base64?.Length ?? 0];
        return Convert.TryFromBase64String(base64 ?? "", bytes, out var length) ? bytes[..length] : Encoding.UTF8.GetBytes(base64!);
    }
}
