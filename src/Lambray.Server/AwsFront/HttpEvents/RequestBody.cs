using System.Buffers;

namespace Lambray.Server.AwsFront.HttpEvents;

/// <summary>The whole body of a request, as events carry it.</summary>
static class RequestBody
{
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext http)
    {
        var read = new ArrayBufferWriter<byte>();
        while (await http.Request.Body.ReadAsync(read.GetMemory(), http.RequestAborted) is var count and > 0) read.Advance(count);
        return read.WrittenMemory;
    }
}
