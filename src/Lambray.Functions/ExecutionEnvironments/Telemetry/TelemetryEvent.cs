using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Lambray.Functions.ExecutionEnvironments.Logging;

namespace Lambray.Functions.ExecutionEnvironments.Telemetry;

/// <summary>Something that happened in an environment, or a line that was printed there ("Lambda Telemetry API Event schema reference" in the Developer Guide).</summary>
/// <param name="Type"><c>platform.start</c> and the like, <c>function</c> or <c>extension</c>.</param>
/// <param name="Record">JSON.</param>
public sealed record TelemetryEvent(DateTimeOffset Time, string Type, ReadOnlyMemory<byte> Record)
{
    public const string FunctionType = "function";
    public const string ExtensionType = "extension";
    const string PlatformPrefix = "platform.";

    /// <summary>How much it matters to who reads a log; of the platform's events only.</summary>
    public SystemLogLevel Level { get; init; } = SystemLogLevel.Info;

    /// <summary>What a subscription chooses by: <c>platform</c>, <c>function</c> or <c>extension</c>.</summary>
    public string Category => Type.StartsWith(PlatformPrefix, StringComparison.Ordinal) ? "platform" : Type;

    public static TelemetryEvent Platform(DateTimeOffset at, string name, Action<Utf8JsonWriter> writeFields, SystemLogLevel level = SystemLogLevel.Info)
    {
        var record = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(record))
        {
            json.WriteStartObject();
            writeFields(json);
            json.WriteEndObject();
        }
        return new TelemetryEvent(at, PlatformPrefix + name, record.WrittenMemory) { Level = level };
    }

    public static TelemetryEvent Line(DateTimeOffset at, string type, ReadOnlySpan<byte> text) =>
        new(at, type, Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(Encoding.UTF8.GetString(text))}\""));

    public static string Timestamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public byte[] ToJson()
    {
        var head = Encoding.ASCII.GetBytes($$"""{"time":"{{Timestamp(Time)}}","type":"{{Type}}","record":""");
        return [.. head, .. Record.Span, (byte)'}'];
    }
}
