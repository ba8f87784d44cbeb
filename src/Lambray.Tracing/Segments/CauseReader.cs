using System.Text.Json;

namespace Lambray.Tracing.Segments;

/// <summary>Reads <c>cause</c>: the exceptions themselves, or the id of one that is described elsewhere in the trace.</summary>
static class CauseReader
{
    /// <param name="cause">The field's value; undefined when there is none.</param>
    public static Cause? Read(JsonElement cause)
    {
        if (cause.AsText() is { } text) return SegmentId.TryParse(text, out var id) ? new Cause(id) : new Cause(Message: text);
        if (cause.ValueKind != JsonValueKind.Object) return null;
        return new Cause(
            WorkingDirectory: cause.Text("working_directory"),
            Paths: cause.Has("paths") ? [.. cause.Texts("paths")] : null,
            Message: cause.Text("message"),
            Exceptions: cause.Has("exceptions") ? [.. cause.Blocks("exceptions").Select(ReadException)] : null);
    }

    static TracedException ReadException(JsonElement exception) => new(
        exception.Text("id"), exception.Text("message"), exception.Text("type"), exception.Flag("remote"),
        exception.SmallNumber("truncated"), exception.SmallNumber("skipped"), exception.Text("cause"),
        exception.Has("stack") ? [.. exception.Blocks("stack").Select(ReadFrame)] : null);

    static StackFrame ReadFrame(JsonElement frame) => new(frame.Text("path"), frame.SmallNumber("line"), frame.Text("label"));
}
