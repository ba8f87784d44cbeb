using System.Buffers;
using Lambray.Functions.Invocation;

namespace Lambray.Server.AwsFront.Urls;

/// <summary>A response that a function streams to its address: what it writes goes to the client at once.</summary>
/// <remarks>
/// A stream of the type below begins with the response's head: JSON with status, headers and cookies, then eight zero bytes, then
/// the body. Any other stream is the body of a 200.
/// </remarks>
#pragma warning disable CA1001 // Its semaphore makes no wait handle, and the runtime may still come to it when the client is long served.
sealed class StreamedUrlAnswer(HttpResponse response) : IStreamingCaller
#pragma warning restore CA1001
{
    const string WithHead = "application/vnd.awslambda.http-integration-response";
    const int HeadBytesMax = 1024 * 1024;

    static readonly byte[] EndOfHead = new byte[8];

    readonly SemaphoreSlim writing = new(1, 1);
    readonly ArrayBufferWriter<byte> head = new();
    bool isHead;

    // No head that a response could begin with: the client is told so at the end.
    bool isMalformed;
    bool completed;

    /// <summary>Whether the function streams; one that answers in one piece does not.</summary>
    public bool HasStarted { get; private set; }

    public void Begin(InvocationTrace trace, string executedVersion)
    {
    }

    public void Start(string? contentType)
    {
        HasStarted = true;
        isHead = contentType == WithHead;
        if (!isHead) response.ContentType = contentType ?? "application/octet-stream";
    }

    public async ValueTask WriteAsync(ReadOnlySequence<byte> chunk)
    {
        await writing.WaitAsync();
        try
        {
            if (completed || isMalformed) return;
            if (isHead) WriteHead(chunk);
            else foreach (var part in chunk) response.BodyWriter.Write(part.Span);
            // Without a token: on a connection that is gone this completes, and the function goes on for nobody.
            if (!isHead) await response.BodyWriter.FlushAsync(CancellationToken.None);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Ends the response; one that failed on the way can only be broken off.</summary>
    public async Task CompleteAsync(InvokeResult result)
    {
        await writing.WaitAsync();
        try
        {
            completed = true;
        }
        finally
        {
            writing.Release();
        }
        if (response.HasStarted && result.FunctionError is not null) response.HttpContext.Abort();
        else if (result.FunctionError is not null || isHead) await FunctionUrlAnswer.WriteAsync(response, result with { FunctionError = result.FunctionError ?? "Unhandled" });
    }

    void WriteHead(ReadOnlySequence<byte> chunk)
    {
        foreach (var part in chunk) head.Write(part.Span);
        var end = head.WrittenSpan.IndexOf(EndOfHead);
        if (end < 0)
        {
            isMalformed = head.WrittenCount > HeadBytesMax;
            return;
        }
        if (!FunctionUrlAnswer.TryWriteHead(response, head.WrittenSpan[..end]))
        {
            isMalformed = true;
            return;
        }
        isHead = false;
        response.ContentType ??= "application/json";
        response.BodyWriter.Write(head.WrittenSpan[(end + EndOfHead.Length)..]);
    }
}
