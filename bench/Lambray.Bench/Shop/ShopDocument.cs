using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Lambray.Bench.Shop;

/// <summary>Writes the parts of segment documents that services have in common, in the order in which SDKs write them.</summary>
sealed class ShopDocument(ArrayBufferWriter<byte> output) : IDisposable
{
    readonly Utf8JsonWriter json = new(output, new JsonWriterOptions { SkipValidation = true });

    public Utf8JsonWriter Json => json;

    public void Begin(string name, ulong id, string trace, double start, double? end, ulong? parent)
    {
        json.Reset();
        json.WriteStartObject();
        Entity(name, id, start, end);
        json.WriteString("trace_id", trace);
        if (parent is { } caller) json.WriteString("parent_id", Id(caller));
    }

    public void Entity(string name, ulong id, double start, double? end)
    {
        json.WriteString("id", Id(id));
        json.WriteString("name", name);
        Time("start_time", start);
        if (end is { } ended) Time("end_time", ended);
        else json.WriteBoolean("in_progress", true);
    }

    public void Http(string method, string url, int status)
    {
        json.WriteStartObject("http");
        json.WriteStartObject("request");
        json.WriteString("method", method);
        json.WriteString("url", url);
        json.WriteString("user_agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36");
        json.WriteEndObject();
        json.WriteStartObject("response");
        json.WriteNumber("status", status);
        json.WriteNumber("content_length", 1_200);
        json.WriteEndObject();
        json.WriteEndObject();
        if (status == 429) json.WriteBoolean("throttle", true);
        if (status is >= 400 and < 500) json.WriteBoolean("error", true);
        if (status >= 500) json.WriteBoolean("fault", true);
    }

    public void Sdk()
    {
        json.WriteStartObject("service");
        json.WriteString("version", "2026.11.3");
        json.WriteString("runtime", "node");
        json.WriteString("runtime_version", "v20.20.2");
        json.WriteEndObject();
        json.WriteStartObject("aws");
        json.WriteStartObject("xray");
        json.WriteString("sdk", "X-Ray for Node.js");
        json.WriteString("sdk_version", "3.12.0");
        json.WriteString("package", "aws-xray-sdk-core");
        json.WriteEndObject();
        json.WriteStartObject("ec2");
        json.WriteString("instance_id", "i-0123456789abcdef0");
        json.WriteString("availability_zone", "eu-central-1a");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A call of a service of AWS.</summary>
    public void AwsCall(string operation, string key, string resource, int status)
    {
        json.WriteString("namespace", "aws");
        json.WriteStartObject("aws");
        json.WriteString("operation", operation);
        json.WriteString("region", "eu-central-1");
        json.WriteString("request_id", "3AQGIC4PNH6M6L3B4L2H8FQ7VVRVV4KQNSO5AEMVJF66Q9ASUAAJ");
        json.WriteNumber("retries", 0);
        json.WriteString(key, resource);
        json.WriteEndObject();
        json.WriteStartObject("http");
        json.WriteStartObject("response");
        json.WriteNumber("status", status);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public void Cause(string type, string message)
    {
        json.WriteStartObject("cause");
        json.WriteString("working_directory", "/srv/shop");
        json.WriteStartArray("exceptions");
        json.WriteStartObject();
        json.WriteString("id", "17cee6be474a6e88");
        json.WriteString("type", type);
        json.WriteString("message", message);
        json.WriteStartArray("stack");
        for (var frame = 0; frame < 6; frame++)
        {
            json.WriteStartObject();
            json.WriteString("path", "/srv/shop/node_modules/shop/lib/orders.js");
            json.WriteNumber("line", 100 + frame);
            json.WriteString("label", "Orders.place");
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public void End()
    {
        json.WriteEndObject();
        json.Flush();
    }

    public void Dispose() => json.Dispose();

    static string Id(ulong id) => id.ToString("x16", CultureInfo.InvariantCulture);

    // Microseconds, as the SDKs that are exact write them.
    void Time(string name, double seconds)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(seconds.ToString("F6", CultureInfo.InvariantCulture), skipInputValidation: true);
    }
}
