using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Tracing.Segments;

namespace Lambray.Server.ConsoleApi;

/// <summary>A moment: microseconds since 1970-01-01T00:00:00Z. Stays below 2^53 until the year 2255, so a JavaScript number holds it exactly.</summary>
[JsonConverter(typeof(EpochMicrosecondsJson))]
readonly record struct EpochMicroseconds(long Value)
{
    public static implicit operator EpochMicroseconds(SegmentTime time) => new(time.EpochMicroseconds);

    public static implicit operator EpochMicroseconds(DateTimeOffset time) => new((time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
}

/// <summary>A length of time.</summary>
[JsonConverter(typeof(MicrosecondsJson))]
readonly record struct Microseconds(long Value)
{
    public static implicit operator Microseconds(TimeSpan time) => new(time.Ticks / TimeSpan.TicksPerMicrosecond);

    public static Microseconds OfSeconds(double seconds) => new((long)Math.Round(seconds * 1e6));
}

// On the wire a number; console/openapi.json names the unit as the number's format, by which the console tells the two apart.
sealed class EpochMicrosecondsJson : JsonConverter<EpochMicroseconds>
{
    public override EpochMicroseconds Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, EpochMicroseconds value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}

sealed class MicrosecondsJson : JsonConverter<Microseconds>
{
    public override Microseconds Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, Microseconds value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}
