using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lambray.Server.AwsFront;

/// <summary>A time in a request: seconds since 1970 as a number, or ISO 8601 text, as different SDKs write it.</summary>
[JsonConverter(typeof(Converter))]
readonly record struct WireTimestamp(DateTimeOffset Time)
{
    internal sealed class Converter : JsonConverter<WireTimestamp>
    {
        public override WireTimestamp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.Number => new WireTimestamp(FromSeconds(reader.GetDouble())),
            JsonTokenType.String => new WireTimestamp(FromText(reader.GetString()!)),
            _ => throw new JsonException("A time is a number of seconds since 1970 or ISO 8601 text."),
        };

        public override void Write(Utf8JsonWriter writer, WireTimestamp value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.Time.ToEpochSeconds());

        static DateTimeOffset FromText(string text) =>
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? FromSeconds(seconds)
            : throw new JsonException($"'{text}' is no time.");

        static DateTimeOffset FromSeconds(double seconds) =>
            seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
                ? DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(seconds)
                : throw new JsonException($"{seconds.ToString(CultureInfo.InvariantCulture)} is no time that a calendar has.");
    }
}

static class EpochSeconds
{
    /// <summary>As JSON of AWS writes times.</summary>
    public static double ToEpochSeconds(this DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalSeconds;
}
