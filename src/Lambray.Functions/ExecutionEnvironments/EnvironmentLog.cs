using System.Net.Sockets;
using System.Text;
using Lambray.Functions.ExecutionEnvironments.Telemetry;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>What an environment's processes print, and the platform's own lines between, handed to the invocation that runs.</summary>
/// <remarks>
/// A runtime prints, then posts its response on another connection; <see cref="Drain()"/> takes whatever was printed before
/// that moment, so that an invocation's lines are all there when it ends. Memory is bounded: only the tail is kept.
/// </remarks>
/// <param name="telemetry">Gets every line that processes print.</param>
/// <param name="outputs">Where they print.</param>
public sealed class EnvironmentLog(EnvironmentTelemetry telemetry, params IReadOnlyList<LogSource> outputs)
{
    const int BufferBytes = 16 * 1024;

    readonly byte[] buffer = new byte[BufferBytes];
    LogTail tail = new();

    /// <summary>What it begins with.</summary>
    internal LogTail Tail { init => tail = value; }

    /// <summary>Reads until the environment's last process has closed its outputs.</summary>
    public Task ReadAllAsync() => Task.WhenAll(outputs.Select(ReadAllAsync));

    /// <summary>Takes what is there now.</summary>
    public void Drain()
    {
        foreach (var source in outputs) Drain(source);
    }

    /// <summary>A line of the platform (START, END, REPORT).</summary>
    public void Write(string line)
    {
        lock (buffer) tail.Append(Encoding.UTF8.GetBytes(line + "\n"));
    }

    /// <summary>Ends the tail of one invocation and begins that of the next.</summary>
    public LogTail StartNext()
    {
        lock (buffer)
        {
            var ended = tail;
            tail = new LogTail();
            return ended;
        }
    }

    async Task ReadAllAsync(LogSource source)
    {
        try
        {
            do
            {
                // Waits for something to read without taking it, so that only Drain ever takes.
                await source.Output.ReceiveAsync(Memory<byte>.Empty);
            }
            while (Drain(source));
        }
        // The environment was ended while we waited.
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
        }
    }

    // False when nothing will ever come again.
    bool Drain(LogSource source)
    {
        var output = source.Output;
        lock (buffer)
        {
            // No more than is there to begin with: a process that prints without end must not keep an invocation from ending.
            for (var left = output.Available; left > 0;)
            {
                var read = output.Receive(buffer, Math.Min(left, BufferBytes), SocketFlags.None);
                if (read == 0) return false;
                tail.Append(buffer.AsSpan(0, read));
                telemetry.PublishOutput(source.Type, buffer.AsSpan(0, read));
                left -= read;
            }
            return !output.Poll(0, SelectMode.SelectRead) || output.Available > 0;
        }
    }
}

/// <param name="Type">Of the telemetry events that its lines become.</param>
public readonly record struct LogSource(Socket Output, string Type);
