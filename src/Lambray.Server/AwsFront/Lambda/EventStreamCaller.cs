using System.Buffers;
using System.Text;
using System.Text.Json;
using Lambray.Functions.Invocation;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>The client of an InvokeWithResponseStream: PayloadChunk events while the function writes, InvokeComplete at its end.</summary>
/// <remarks>A client that reads slowly slows the function down; one that goes away does not end it, as in AWS.</remarks>
#pragma warning disable CA1001 // Its semaphore makes no wait handle, and the runtime may still come to it when the client is long served.
sealed class EventStreamCaller(HttpResponse response) : IStreamingCaller
#pragma warning restore CA1001
{
    // One at a time, and none behind the last: the runtime may still write when its time is up.
    readonly SemaphoreSlim writing = new(1, 1);
    bool completed;

    public void Begin(InvocationTrace trace, string executedVersion)
    {
        response.Headers["X-Amz-Executed-Version"] = executedVersion;
        InvokeOperation.WriteTrace(response.HttpContext, trace);
        response.ContentType = "application/vnd.amazon.eventstream";
    }

    /// <summary>An event stream has nowhere to say of what type its payload is.</summary>
    public void Start(string? contentType)
    {
    }

    public async ValueTask WriteAsync(ReadOnlySequence<byte> chunk)
    {
        await writing.WaitAsync();
        try
        {
            if (completed) return;
            EventStreamMessage.Write(response.BodyWriter, "PayloadChunk", "application/octet-stream", chunk);
            await FlushAsync();
        }
        finally
        {
            writing.Release();
        }
    }

    public async Task CompleteAsync(InvokeResult result, bool wantsLog)
    {
        if (result.FunctionError is null && !result.Payload.IsEmpty) await WriteAsync(new ReadOnlySequence<byte>(result.Payload));
        var complete = new InvokeComplete(
            result.FunctionError, result.FunctionError is null ? null : Encoding.UTF8.GetString(result.Payload.Span),
            wantsLog ? Convert.ToBase64String(await result.LogTail) : null);
        await writing.WaitAsync();
        try
        {
            completed = true;
            var json = JsonSerializer.SerializeToUtf8Bytes(complete, LambdaJson.Default.InvokeComplete);
            EventStreamMessage.Write(response.BodyWriter, "InvokeComplete", "application/json", new ReadOnlySequence<byte>(json));
            await FlushAsync();
        }
        finally
        {
            writing.Release();
        }
    }

    async Task FlushAsync()
    {
        // Without a token: on a connection that is gone this completes, and the function goes on for nobody.
        await response.BodyWriter.FlushAsync(CancellationToken.None);
    }
}
