using System.Text;
using System.Text.Json;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Tests.Server.Tracing;

/// <summary>Reads traces as a client does, by BatchGetTraces, waiting for them to become what a test expects.</summary>
static class StoredTrace
{
    /// <summary>A header that starts a sampled trace of its own.</summary>
    public static (TraceId Id, string Header) Begin()
    {
        var id = TraceId.New(TimeProvider.System.GetUtcNow());
        return (id, $"Root={id};Sampled=1");
    }

    /// <summary>The documents of a trace once it has all these names among its segments and subsegments.</summary>
    public static async Task<IReadOnlyList<string>> WithAsync(HttpClient http, TraceId id, params string[] names)
    {
        IReadOnlyList<string> documents = [];
        await Eventually.HoldsAsync(
            async () =>
            {
                documents = await ReadAsync(http, id);
                var found = Timeline(id, documents).Rows.Select(row => row.Name).ToList();
                return names.All(found.Remove);
            },
            () => $"Trace {id} lacks one of {string.Join(", ", names)}; it has:\n{string.Join('\n', documents)}");
        return documents;
    }

    public static async Task<IReadOnlyList<string>> ReadAsync(HttpClient http, TraceId id)
    {
        using var answer = await http.PostAsync("/Traces", new StringContent($$"""{"TraceIds":["{{id}}"]}"""));
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return [.. json.RootElement.GetProperty("Traces").EnumerateArray()
            .SelectMany(trace => trace.GetProperty("Segments").EnumerateArray())
            .Select(segment => segment.GetProperty("Document").GetString()!)];
    }

    public static TraceTimeline Timeline(TraceId id, IReadOnlyList<string> documents) =>
        TraceTimeline.Of(Trace.Merge(id, documents.Select(document => SegmentDocument.Read(Encoding.UTF8.GetBytes(document)))));
}
