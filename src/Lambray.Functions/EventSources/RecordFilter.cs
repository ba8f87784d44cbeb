using System.Text.Json;
using Lambray.Resources.EventPatterns;

namespace Lambray.Functions.EventSources;

/// <summary>A mapping's filters: a record goes to the function when any of them fits it, or when there are none.</summary>
public sealed class RecordFilter
{
    readonly IReadOnlyList<EventPattern> patterns;

    RecordFilter(IReadOnlyList<EventPattern> patterns) => this.patterns = patterns;

    public static RecordFilter Of(EventSourceMapping mapping)
    {
        var patterns = new List<EventPattern>();
        foreach (var filter in mapping.Settings.FilterCriteria?.Filters ?? [])
            patterns.Add(EventPattern.TryParse(filter.Pattern, out var pattern) ? pattern : throw new InvalidOperationException($"Mapping {mapping.Uuid} was saved with a filter that is none."));
        return new RecordFilter(patterns);
    }

    public bool Fits(JsonElement record) => patterns.Count == 0 || patterns.Any(pattern => pattern.Fits(record));
}
