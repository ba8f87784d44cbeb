using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lambray.Server.Cli;

/// <summary>The answers of read commands for other programs: AWS's own JSON.</summary>
static class JsonOutput
{
    public static Option<bool> Option() => new("--json") { Description = "The answer as JSON" };

    public static void WriteJson(this Terminal terminal, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        // Read by programs and people, never put into a page: names stay as they are.
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) write(json);
        terminal.Say(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>As <see cref="WriteItems"/> writes them, in one line.</summary>
    public static string Line(string member, IEnumerable<JsonElement> items) =>
        $"{{\"{member}\":[{string.Join(',', items.Select(item => item.GetRawText()))}]}}";

    public static void WriteItems(this Terminal terminal, string member, IEnumerable<JsonElement> items) => terminal.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray(member);
        foreach (var item in items) item.WriteTo(json);
        json.WriteEndArray();
        json.WriteEndObject();
    });
}
