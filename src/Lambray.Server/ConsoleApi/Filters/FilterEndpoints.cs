using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Tracing.Groups;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceQuery.Completion;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Filters;

/// <summary>What helps in writing a filter expression.</summary>
static class FilterEndpoints
{
    // The newest: enough to know the names that matter, few enough to be read between two key strokes.
    const int TracesMax = 500;

    public static void MapFilters(this IEndpointRouteBuilder api)
    {
        api.MapGet("/filters/check", Check);
        api.MapGet("/filters/completion", Complete);
    }

    static FilterCheck Check([FromServices] TraceGroups groups, string filter = "")
    {
        try
        {
            FilterExpression.Parse(filter, groups);
            return new FilterCheck(null);
        }
        catch (AwsException mistake)
        {
            return new FilterCheck(new FilterMistake(mistake.Position ?? 1, mistake.Message));
        }
    }

    static async Task<FilterCompletionWire> Complete(
        [AsParameters] AskedRange range, [FromServices] SummarySearch search, [FromServices] TraceGroups groups, [FromServices] TimeProvider time,
        int caret, string filter = "")
    {
        var recent = await search.FindAsync(range.At(time.GetUtcNow()), FilterExpression.Parse(""), sampling: null, after: null, TracesMax);
        var vocabulary = FilterVocabulary.Of(recent.Traces.Select(found => found.Summary), groups.All.Select(group => group.Name));
        var completion = FilterCompletion.At(filter, caret, vocabulary);
        return new FilterCompletionWire(
            completion.Start, completion.End, [.. completion.Suggestions.Select(suggestion => new FilterSuggestionWire(suggestion.Text, suggestion.Kind))]);
    }
}

/// <param name="Mistake">Null for an expression that is understood.</param>
sealed record FilterCheck(FilterMistake? Mistake);

/// <param name="Position">Counted from 1; one behind the text when something is missing at its end.</param>
sealed record FilterMistake(int Position, string Message);

/// <param name="Start">The suggestions are written over what lies from here to <paramref name="End"/>, counted from 0.</param>
sealed record FilterCompletionWire(int Start, int End, IReadOnlyList<FilterSuggestionWire> Suggestions);

sealed record FilterSuggestionWire(string Text, SuggestionKind Kind);

[JsonSerializable(typeof(FilterCheck))]
[JsonSerializable(typeof(FilterCompletionWire))]
sealed partial class FiltersJson : JsonSerializerContext;
