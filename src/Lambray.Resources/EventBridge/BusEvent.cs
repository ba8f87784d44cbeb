using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lambray.Aws;

namespace Lambray.Resources.EventBridge;

/// <summary>An event on a bus ("AWS service event metadata" in the User Guide).</summary>
/// <param name="Detail">A JSON object.</param>
public sealed record BusEvent(Guid Id, string Source, string DetailType, string Detail, DateTimeOffset Time, IReadOnlyList<string> Resources)
{
    const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    JsonElement? json;

    /// <summary>Where and when it came in; of the account that this server stands for.</summary>
    public required AwsHome Home { get; init; }

    /// <summary>The trace that it was put in, as it goes on from here; null when there was none.</summary>
    public string? TraceHeader { get; init; }

    /// <summary>How many buses it has gone through, from one to the next.</summary>
    public int Hops { get; init; }

    /// <summary>As rules and targets see it.</summary>
    public JsonElement Json => json ??= JsonElement.Parse(Write());

    byte[] Write()
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Plain))
        {
            writer.WriteStartObject();
            writer.WriteString("version", "0");
            writer.WriteString("id", Id.ToString());
            writer.WriteString("detail-type", DetailType);
            writer.WriteString("source", Source);
            writer.WriteString("account", Home.AccountId);
            writer.WriteString("time", TimeText(Time));
            writer.WriteString("region", Home.Region);
            writer.WriteStartArray("resources");
            foreach (var resource in Resources) writer.WriteStringValue(resource);
            writer.WriteEndArray();
            writer.WritePropertyName("detail");
            writer.WriteRawValue(Detail);
            writer.WriteEndObject();
        }
        return bytes.ToArray();
    }

    public static string TimeText(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
}
