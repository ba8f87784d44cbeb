using System.Text.Json;

namespace Lambray.Tracing.Segments;

/// <summary>Writes <c>cause</c>.</summary>
static class CauseWriter
{
    public static void Write(Utf8JsonWriter json, Cause cause)
    {
        if (cause.ExceptionId is { } id)
        {
            json.WriteString("cause", id.ToString());
            return;
        }
        json.WriteStartObject("cause");
        if (cause.WorkingDirectory is { } directory) json.WriteString("working_directory", directory);
        if (cause.Paths is { Count: > 0 } paths) WriteTexts(json, "paths", paths);
        if (cause.Message is { } message) json.WriteString("message", message);
        if (cause.Exceptions is { } exceptions)
        {
            json.WriteStartArray("exceptions");
            foreach (var exception in exceptions) WriteException(json, exception);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    static void WriteException(Utf8JsonWriter json, TracedException exception)
    {
        json.WriteStartObject();
        if (exception.Id is { } id) json.WriteString("id", id);
        if (exception.Message is { } message) json.WriteString("message", message);
        if (exception.Type is { } type) json.WriteString("type", type);
        if (exception.Remote is { } remote) json.WriteBoolean("remote", remote);
        if (exception.Truncated is { } truncated) json.WriteNumber("truncated", truncated);
        if (exception.Skipped is { } skipped) json.WriteNumber("skipped", skipped);
        if (exception.Cause is { } cause) json.WriteString("cause", cause);
        if (exception.Stack is { } stack) WriteStack(json, stack);
        json.WriteEndObject();
    }

    static void WriteStack(Utf8JsonWriter json, IReadOnlyList<StackFrame> stack)
    {
        json.WriteStartArray("stack");
        foreach (var frame in stack)
        {
            json.WriteStartObject();
            if (frame.Path is { } path) json.WriteString("path", path);
            if (frame.Line is { } line) json.WriteNumber("line", line);
            if (frame.Label is { } label) json.WriteString("label", label);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void WriteTexts(Utf8JsonWriter json, string field, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(field);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
