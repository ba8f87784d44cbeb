using System.Globalization;
using System.Text.Json;

namespace Lambray.Functions.EventSources.Streams;

/// <summary>Windows of time that follow each other without overlap ("Processing Kinesis records in tumbling windows" in the Developer Guide): arithmetic only.</summary>
readonly record struct TumblingWindow(DateTimeOffset Start, TimeSpan Length)
{
    /// <summary>What a function may answer as its state.</summary>
    public const int StateBytesMax = 1024 * 1024;

    const string Format = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public DateTimeOffset End => Start + Length;

    /// <summary>The window in which a record arrived; all of them lie on whole multiples of their length since 1970.</summary>
    public static TumblingWindow Of(DateTimeOffset arrival, TimeSpan length)
    {
        var since = arrival - DateTimeOffset.UnixEpoch;
        return new TumblingWindow(arrival - TimeSpan.FromTicks(since.Ticks % length.Ticks), length);
    }

    /// <summary>The members of an event that tell of its window.</summary>
    public void Write(Utf8JsonWriter json, OpenWindow open, bool isFinal)
    {
        json.WriteStartObject("window");
        json.WriteString("start", Start.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
        json.WriteString("end", End.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WritePropertyName("state");
        if (open.State is { } state) state.WriteTo(json);
        else
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }
        json.WriteBoolean("isFinalInvokeForWindow", isFinal);
        json.WriteBoolean("isWindowTerminatedEarly", open.IsTerminated);
    }
}
