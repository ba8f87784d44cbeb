using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lambray.Tracing.Segments;
using Xunit;

namespace Lambray.Tests.Server.Tracing;

/// <summary>Compares a trace's documents with a file, ids, times and hashes blanked; <c>LAMBRAY_GOLDEN=write</c> writes the files anew.</summary>
/// <remarks>Blanked ids keep their number, so that the file shows which parent each document names.</remarks>
static partial class GoldenTrace
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Verify(string name, TraceId id, IReadOnlyList<string> documents)
    {
        var actual = Blank(id, documents);
        var file = Path.Combine(Folder(), name + ".json");
        if (Environment.GetEnvironmentVariable("LAMBRAY_GOLDEN") == "write") File.WriteAllText(file, actual);
        Assert.True(File.Exists(file), $"{file} is missing; run once with LAMBRAY_GOLDEN=write and look at what it holds.");
        Assert.Equal(File.ReadAllText(file), actual);
    }

    static string Blank(TraceId id, IReadOnlyList<string> documents)
    {
        // Documents come in no order; the timeline's is by tree and time.
        var order = StoredTrace.Timeline(id, documents).Rows.Select(row => row.Id.ToString()).ToList();
        var sorted = documents.OrderBy(document => order.IndexOf(JsonElement.Parse(document).GetProperty("id").GetString()!));
        var text = new StringBuilder();
        foreach (var document in sorted) text.Append(Indent(document)).Append('\n');
        var numbers = new Dictionary<string, int>();
        var blanked = Ids().Replace(text.ToString(), match => $"<id:{Number(numbers, match.Value)}>");
        blanked = blanked.Replace(id.ToString(), "<trace>", StringComparison.Ordinal);
        // Without a sandbox a function sees its code where the server keeps it.
        blanked = CodeFolders().Replace(blanked, "/var/task");
        blanked = RequestIds().Replace(blanked, "<request>");
        return Times().Replace(blanked, "$1<time>");
    }

    static int Number(Dictionary<string, int> numbers, string id)
    {
        if (!numbers.TryGetValue(id, out var number)) numbers[id] = number = numbers.Count + 1;
        return number;
    }

    static string Indent(string document)
    {
        var node = JsonNode.Parse(document)!;
        CutStacks(node);
        return node.ToJsonString(Indented);
    }

    // What lies above the function's own frame differs by version of Node.js.
    static void CutStacks(JsonNode? node)
    {
        if (node is JsonArray array)
            foreach (var item in array) CutStacks(item);
        if (node is not JsonObject fields) return;
        foreach (var (name, value) in fields)
        {
            if (name is "stack" or "paths" && value is JsonArray { Count: > 1 } frames) frames.RemoveRange(1, frames.Count - 1);
            CutStacks(value);
        }
    }

    static string Folder([CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "Golden");

    [GeneratedRegex("(?<=\")[0-9a-f]{16}(?=\")")]
    private static partial Regex Ids();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex RequestIds();

    [GeneratedRegex("(?<=\")[^\"]*/code/[0-9a-f]{64}")]
    private static partial Regex CodeFolders();

    [GeneratedRegex("(\"(?:start|end)_time\": )[0-9.E]+")]
    private static partial Regex Times();
}
