using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lambray.Server.AwsFront.XRay.Sampling;

/// <summary>The time of a sampling report: as any other time of a request, and in milliseconds from the X-Ray SDK for Java.</summary>
[JsonConverter(typeof(Converter))]
readonly record struct SdkTimestamp(DateTimeOffset Time)
{
    // In seconds, this is the year 5138; in milliseconds, 1973.
    const double MillisecondsMin = 1e11;

    internal sealed class Converter : JsonConverter<SdkTimestamp>
    {
        static readonly WireTimestamp.Converter AnyOther = new();

        public override SdkTimestamp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number && reader.GetDouble() is var number and >= MillisecondsMin and < MillisecondsMin * 1000
                ? new SdkTimestamp(DateTimeOffset.UnixEpoch + TimeSpan.FromMilliseconds(number))
                : new SdkTimestamp(AnyOther.Read(ref reader, typeof(WireTimestamp), options).Time);

        public override void Write(Utf8JsonWriter writer, SdkTimestamp value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.Time.ToEpochSeconds());
    }
}
