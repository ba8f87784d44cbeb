using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Lambray.Bench.Functions;

namespace Lambray.Bench.Processes;

/// <summary>The floor of a cold start: a plain process of the same interpreter, from its spawn until its first request has come.</summary>
sealed class BareStart : IDisposable
{
    const int RequestBytesMax = 1024;
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public BareStart()
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
    }

    public async Task<TimeSpan> MeasureAsync(BareProgram program)
    {
        var start = new ProcessStartInfo(Interpreter.Find(program.Interpreter)!, [.. program.Arguments, listener.LocalEndPoint!.ToString()!]);
        // Functions do not see this process's environment either, where a setting of an interpreter may double its start.
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var taken = ReceiveRequest(started);
        await process.WaitForExitAsync();
        return taken;
    }

    public void Dispose() => listener.Dispose();

    TimeSpan ReceiveRequest(long started)
    {
        if (!listener.Poll(Limit, SelectMode.SelectRead)) throw new TimeoutException("A bare program did not ask for an event.");
        using var connection = listener.Accept();
        var request = new byte[RequestBytesMax];
        for (var received = 0; !request.AsSpan(0, received).EndsWith("\r\n\r\n"u8);)
        {
            var count = connection.Receive(request.AsSpan(received));
            if (count == 0) throw new InvalidDataException("A bare program ended before its request was whole.");
            received += count;
        }
        return Stopwatch.GetElapsedTime(started);
    }
}
