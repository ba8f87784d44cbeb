using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lambray.DotNetRuntime;

/// <summary>The body and headers by which the runtime reports an error: <c>{errorType, errorMessage, stackTrace, cause, causes}</c>.</summary>
sealed record ErrorReport(string Type, byte[] Body, string XRayCause)
{
    const int BodyBytesMax = 256 * 1024;

    // Errors may have causes without end, and a caller gets the first few only.
    const int DepthMax = 10;

    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ErrorReport Of(Exception error)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, Readable)) Write(json, error, DepthMax);
        var bytes = body.Length > BodyBytesMax ? """{"errorMessage": "Exception exceeded maximum payload size of 256KB."}"""u8.ToArray() : body.ToArray();
        return new ErrorReport(error.GetType().Name, bytes, DotNetRuntime.XRayCause.Of(error));
    }

    static void Write(Utf8JsonWriter json, Exception error, int depth)
    {
        json.WriteStartObject();
        json.WriteString("errorType", error.GetType().Name);
        json.WriteString("errorMessage", error.Message);
        if (StackTraceLines.Of(error) is { Count: > 0 } lines)
        {
            json.WriteStartArray("stackTrace");
            foreach (var line in lines) json.WriteStringValue(line);
            json.WriteEndArray();
        }
        if (depth > 0) WriteCauses(json, error, depth - 1);
        json.WriteEndObject();
    }

    static void WriteCauses(Utf8JsonWriter json, Exception error, int depth)
    {
        if (error.InnerException is { } cause)
        {
            json.WritePropertyName("cause");
            Write(json, cause, depth);
        }
        if (error is not AggregateException aggregate) return;
        json.WriteStartArray("causes");
        foreach (var inner in aggregate.InnerExceptions) Write(json, inner, depth);
        json.WriteEndArray();
    }
}
