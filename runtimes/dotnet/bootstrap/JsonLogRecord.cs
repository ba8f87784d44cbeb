using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lambray.DotNetRuntime;

/// <summary>One message as a line of JSON: what it belongs to, its text, the values that its template names, its error ("Using Lambda advanced logging controls with .NET").</summary>
static class JsonLogRecord
{
    const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="invocation">Null before the first one.</param>
    public static string Of(DateTimeOffset time, string level, Invocation? invocation, string? template, Exception? error, object?[]? arguments)
    {
        var named = new List<NamedArgument>();
        var message = MessageTemplate.Fill(template, arguments, named);
        using var record = new MemoryStream();
        using (var json = new Utf8JsonWriter(record, Readable))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", time.ToString(TimeFormat, CultureInfo.InvariantCulture));
            json.WriteString("level", level);
            WriteUnlessEmpty(json, "requestId", invocation?.RequestId);
            WriteUnlessEmpty(json, "tenantId", invocation?.TenantId);
            WriteUnlessEmpty(json, "traceId", invocation?.TraceHeader);
            json.WriteString("message", message);
            foreach (var argument in named) WriteArgument(json, argument);
            if (error is not null) WriteError(json, error);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(record.ToArray()) + "\n";
    }

    static void WriteUnlessEmpty(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) json.WriteString(name, value);
    }

    static void WriteArgument(Utf8JsonWriter json, NamedArgument argument)
    {
        if (argument.Value is null) return;
        json.WritePropertyName(argument.Name);
        if (argument.IsWhole) WriteWhole(json, argument.Value);
        else if (argument.Format is { } format && argument.Value is IFormattable formattable) json.WriteStringValue(formattable.ToString(format, CultureInfo.InvariantCulture));
        else WriteValue(json, argument.Value);
    }

    // {@Order}: with all its properties, if it has a form in JSON.
    static void WriteWhole(Utf8JsonWriter json, object value)
    {
        try
        {
            JsonSerializer.SerializeToElement(value, value.GetType()).WriteTo(json);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or InvalidOperationException)
        {
            json.WriteStringValue(value.ToString());
        }
    }

    static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case double or float when !double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)):
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            case byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal:
                json.WriteRawValue(Convert.ToString(value, CultureInfo.InvariantCulture)!);
                break;
            case DateTime or DateTimeOffset:
                json.WriteStringValue(((IFormattable)value).ToString(TimeFormat, CultureInfo.InvariantCulture));
                break;
            case IDictionary map:
                json.WriteStartObject();
                foreach (DictionaryEntry entry in map)
                {
                    json.WritePropertyName(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!);
                    WriteValue(json, entry.Value);
                }
                json.WriteEndObject();
                break;
            case byte[] bytes:
                json.WriteStringValue(Convert.ToHexString(bytes));
                break;
            case IList list:
                json.WriteStartArray();
                foreach (var item in list) WriteValue(json, item);
                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    static void WriteError(Utf8JsonWriter json, Exception error)
    {
        json.WriteString("errorType", error.GetType().FullName);
        json.WriteString("errorMessage", error.Message);
        json.WriteStartArray("stackTrace");
        foreach (var line in error.ToString().Split('\n')) json.WriteStringValue(line.Trim());
        json.WriteEndArray();
    }
}
