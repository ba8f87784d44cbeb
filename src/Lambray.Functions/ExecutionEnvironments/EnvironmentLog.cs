using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Lambray.Functions.ExecutionEnvironments.Logging;
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
    readonly LogStreamWriter? stream;
    readonly LogSettings settings;
    readonly TimeProvider time;
    readonly (LogSource Source, LineSplitter Lines)[] outputs;
    readonly byte[] buffer = new byte[BufferBytes];
    readonly LineReceiver keepLine;
    LogTail tail = new();
    DateTimeOffset drained;

    /// <param name="telemetry">Gets every line that processes print; in JSON, what it gets of the platform's events is a part of the log.</param>
    /// <param name="stream">Gets all that is logged; null when the function may not log.</param>
    /// <param name="outputs">Where processes print.</param>
    public EnvironmentLog(
        EnvironmentTelemetry telemetry, LogStreamWriter? stream, LogSettings settings, TimeProvider time, params IEnumerable<LogSource> outputs)
    {
        (this.telemetry, this.stream, this.settings, this.time) = (telemetry, stream, settings, time);
        if (settings.IsJson) telemetry.SystemLog = Write;
        this.outputs = [.. outputs.Select(source => (source, new LineSplitter()))];
        keepLine = KeepLine;
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

    /// <summary>A line of the platform (START, END, REPORT). In JSON its event says the same.</summary>
    public void Write(string line)
    {
        if (!settings.IsJson) Append(Encoding.UTF8.GetBytes(line + "\n"));
    }

    /// <summary>A line of our own for whoever reads the log.</summary>
    public void WriteNotice(string line)
    {
        if (settings.IsJson) Append([.. NoticeInJson(line), (byte)'\n']);
        else Write(line);
    }

    /// <summary>How the log begins with a new environment; the tail of its first invocation does not.</summary>
    public void WriteInitStart(string line)
    {
        if (!settings.IsJson) stream?.Append(time.GetUtcNow(), Encoding.UTF8.GetBytes(line + "\n"));
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

    void Write(TelemetryEvent item)
    {
        if (item.Level >= settings.System) Append([.. item.ToJson(), (byte)'\n']);
    }

    void Append(byte[] line)
    {
        lock (buffer)
        {
            tail.Append(line);
            stream?.Append(time.GetUtcNow(), line);
        }
    }

    byte[] NoticeInJson(string line)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp", TelemetryEvent.Timestamp(time.GetUtcNow()));
            writer.WriteString("level", "WARN");
            writer.WriteString("message", line);
            writer.WriteEndObject();
        }
        return json.ToArray();
    }

    // As it is printed, the tail has it already, but for lines that may have to be left out.
    void KeepLine(ReadOnlySpan<byte> line)
    {
        if (!settings.Keeps(line)) return;
        if (settings.IsJson) tail.Append(line);
        stream?.Append(drained, line);
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
                if (!settings.IsJson) tail.Append(buffer.AsSpan(0, read));
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
