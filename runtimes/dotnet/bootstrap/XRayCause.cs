using System.Text;
using System.Text.Json;

namespace Lambray.DotNetRuntime;

/// <summary>
/// The cause that X-Ray shows beside a failed function segment, as the value of the header Lambda-Runtime-Function-XRay-Error-Cause:
/// one line of ASCII of at most 64 KB, without the deepest frames and the end of the message where it would be longer.
/// </summary>
static class XRayCause
{
    const int LengthMax = 64 * 1024;
    const int MessageLengthMax = 1024;

    public static string Of(Exception error)
    {
        var header = HeaderOf(error, int.MaxValue, int.MaxValue);
        for (var frames = 512; header.Length > LengthMax; frames /= 2)
        {
            header = HeaderOf(error, frames, MessageLengthMax);
            if (frames == 0) break;
        }
        return header;
    }

    // The writer's own encoder leaves ASCII only.
    static string HeaderOf(Exception error, int framesMax, int messageLengthMax)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            var frames = StackTraceLines.FramesOf(error).Take(framesMax).ToList();
            json.WriteStartObject();
            json.WriteString("working_directory", Environment.CurrentDirectory);
            json.WriteStartArray("exceptions");
            json.WriteStartObject();
            json.WriteString("type", error.GetType().Name);
            json.WriteString("message", error.Message.Length > messageLengthMax ? error.Message[..messageLengthMax] : error.Message);
            json.WriteStartArray("stack");
            foreach (var frame in frames)
            {
                json.WriteStartObject();
                json.WriteString("label", frame.GetMethod()?.Name);
                if (frame.GetFileName() is { } path)
                {
                    json.WriteString("path", path);
                    json.WriteNumber("line", frame.GetFileLineNumber());
                }
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartArray("paths");
            foreach (var path in frames.Select(frame => frame.GetFileName()).OfType<string>().Distinct()) json.WriteStringValue(path);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.ASCII.GetString(bytes.ToArray());
    }
}
