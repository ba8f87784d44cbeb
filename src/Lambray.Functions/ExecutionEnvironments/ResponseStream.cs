using System.Buffers;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>Whoever takes a streamed response as it comes.</summary>
public interface IResponseListener
{
    /// <summary>Called once, before the first byte of a streamed response.</summary>
    /// <param name="contentType">Null when the runtime did not say.</param>
    void Start(string? contentType);

    /// <summary>Completes when there is room for more. A listener that has gone away takes everything and keeps nothing.</summary>
    ValueTask WriteAsync(ReadOnlySequence<byte> chunk);
}

/// <summary>A response that a runtime sends piece by piece: handed on at once, or gathered for a caller who wants it whole.</summary>
public sealed class ResponseStream
{
    /// <summary>"Response streaming for Lambda functions" in the Developer Guide.</summary>
    const long StreamedBytesMax = 200 * 1024 * 1024;

    readonly IResponseListener? listener;
    readonly ArrayBufferWriter<byte> gathered = new();

    internal ResponseStream(RunningInvocation invocation, IResponseListener? listener, string? contentType)
    {
        (Invocation, this.listener, ContentType) = (invocation, listener, contentType);
        listener?.Start(contentType);
    }

    public long BytesMax => listener is null ? ExecutionEnvironment.ResponseBytesMax : StreamedBytesMax;

    internal RunningInvocation Invocation { get; }

    internal string? ContentType { get; }

    internal long Bytes { get; private set; }

    internal ReadOnlyMemory<byte> Gathered => gathered.WrittenMemory;

    /// <summary>False when the response has become too large; what was too much is not handed on.</summary>
    public async ValueTask<bool> TryWriteAsync(ReadOnlySequence<byte> chunk)
    {
        Bytes += chunk.Length;
        if (Bytes > BytesMax) return false;
        if (listener is not null) await listener.WriteAsync(chunk);
        else foreach (var part in chunk) gathered.Write(part.Span);
        return true;
    }
}
