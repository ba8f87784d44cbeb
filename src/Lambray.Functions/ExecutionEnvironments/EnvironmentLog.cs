using System.Net.Sockets;
using System.Text;
using Lambray.Functions.ExecutionEnvironments.Telemetry;
using Lambray.Resources.Logs;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>What an environment's processes print, and the platform's own lines between, handed to the invocation that runs.</summary>
/// <remarks>
/// A runtime prints, then posts its response on another connection; <see cref="Drain()"/> takes whatever was printed before
/// that moment, so that an invocation's lines are all there when it ends. Everything goes to the environment's log stream; in
/// memory only the tail is kept.
/// </remarks>
public sealed class EnvironmentLog
{
    const int BufferBytes = 16 * 1024;

    readonly EnvironmentTelemetry telemetry;
    readonly LogStreamWriter stream;
    readonly TimeProvider time;
    readonly (LogSource Source, LineSplitter Lines)[] outputs;
    readonly byte[] buffer = new byte[BufferBytes];
    readonly LineReceiver keepLine;
    LogTail tail = new();
    DateTimeOffset drained;

    /// <param name="telemetry">Gets every line that processes print.</param>
    /// <param name="stream">Gets those too, and the platform's.</param>
    /// <param name="outputs">Where they print.</param>
    public EnvironmentLog(EnvironmentTelemetry telemetry, LogStreamWriter stream, TimeProvider time, params IEnumerable<LogSource> outputs)
    {
        (this.telemetry, this.stream, this.time) = (telemetry, stream, time);
        this.outputs = [.. outputs.Select(source => (source, new LineSplitter()))];
        keepLine = line => stream.Append(drained, line);
    }

    /// <summary>What it begins with.</summary>
    internal LogTail Tail { init => tail = value; }

    /// <summary>Reads until the environment's last process has closed its outputs.</summary>
    public Task ReadAllAsync() => Task.WhenAll(outputs.Select(output => ReadAllAsync(output.Source, output.Lines)));

    /// <summary>Takes what is there now.</summary>
    public void Drain()
    {
        foreach (var (source, lines) in outputs) Drain(source, lines);
    }

    /// <summary>Whoever prints is done for now: the beginnings of lines that nobody has ended are lines too.</summary>
    public void EndLines()
    {
        lock (buffer)
        {
            drained = time.GetUtcNow();
            foreach (var (_, lines) in outputs)
                if (lines.TakeRest() is { Length: > 0 } rest) keepLine(rest);
        }
    }

    /// <summary>A line of the platform (START, END, REPORT).</summary>
    public void Write(string line)
    {
        var text = Encoding.UTF8.GetBytes(line + "\n");
        lock (buffer)
        {
            tail.Append(text);
            stream.Append(time.GetUtcNow(), text);
        }
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

    async Task ReadAllAsync(LogSource source, LineSplitter lines)
    {
        try
        {
            do
            {
                // Waits for something to read without taking it, so that only Drain ever takes.
                await source.Output.ReceiveAsync(Memory<byte>.Empty);
            }
            while (Drain(source, lines));
        }
        // The environment was ended while we waited.
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
        }
    }

    // False when nothing will ever come again.
    bool Drain(LogSource source, LineSplitter lines)
    {
        var output = source.Output;
        lock (buffer)
        {
            drained = time.GetUtcNow();
            // No more than is there to begin with: a process that prints without end must not keep an invocation from ending.
            for (var left = output.Available; left > 0;)
            {
                var read = output.Receive(buffer, Math.Min(left, BufferBytes), SocketFlags.None);
                if (read == 0) return false;
                tail.Append(buffer.AsSpan(0, read));
                lines.Split(buffer.AsSpan(0, read), keepLine);
                telemetry.PublishOutput(source.Type, buffer.AsSpan(0, read));
                left -= read;
            }
            return !output.Poll(0, SelectMode.SelectRead) || output.Available > 0;
        }
    }
}

/// <param name="Type">Of the telemetry events that its lines become.</param>
public readonly record struct LogSource(Socket Output, string Type);
