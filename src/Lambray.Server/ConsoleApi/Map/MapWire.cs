using System.Text.Json.Serialization;
using Lambray.Tracing.Segments;

namespace Lambray.Server.ConsoleApi.Map;

/// <summary>The service map of a range of time, or of one trace.</summary>
/// <param name="Sampled">Set when these are the figures of the newest so many traces only, as more match the filter than can be added up at once.</param>
/// <param name="Hidden">How many services are left out, those with the fewest requests: more could not be drawn.</param>
sealed record ServiceMapWire(EpochMicroseconds From, EpochMicroseconds To, int? Sampled, int Hidden, IReadOnlyList<MapNode> Nodes, IReadOnlyList<MapEdge> Edges);

/// <param name="Id">The same in each answer.</param>
/// <param name="Client">Whoever sends requests to a service, of whose own work nothing is known.</param>
/// <param name="Inferred">Known from its callers alone: it sends no segments.</param>
/// <param name="Selector">The filter expression that selects it: <c>service(id(…))</c>; of a client, its calls.</param>
/// <param name="FunctionName">Of a Lambda function that is here.</param>
sealed record MapNode(
    string Id, string Name, string? Type, string? AccountId, bool Client, bool Inferred, MapFigures Figures, string Selector, string? FunctionName);

/// <param name="Link">It joins two traces, by a message.</param>
/// <param name="Selector"><c>edge(id(…), id(…))</c>.</param>
sealed record MapEdge(string Id, string Source, string Target, bool Link, MapFigures Figures, string Selector);

/// <summary>Finished calls by outcome: each once, fault before throttle before error.</summary>
/// <param name="AverageMicroseconds">Null where nothing has finished.</param>
sealed record MapFigures(long Ok, long Error, long Throttle, long Fault, Microseconds? AverageMicroseconds, double RequestsPerMinute);

/// <summary>What the panel of a node or an edge shows.</summary>
/// <param name="Histogram">Bars of response times, the quickest first, without gaps.</param>
/// <param name="Periods">Those in which nothing happened are left out.</param>
/// <param name="Causes">What its failures come from, the most frequent first.</param>
/// <param name="CauseTraces">How many failed traces the causes were looked for in: the newest.</param>
sealed record MapPart(
    MapFigures Figures, IReadOnlyList<MapPercentile> Percentiles, IReadOnlyList<MapBin> Histogram, Microseconds PeriodMicroseconds,
    IReadOnlyList<MapPeriod> Periods, IReadOnlyList<MapCause> Causes, int CauseTraces);

/// <param name="Share">Of 100: <c>99.9</c>.</param>
sealed record MapPercentile(double Share, Microseconds DurationMicroseconds);

/// <param name="ToMicroseconds">Not part of the bar.</param>
sealed record MapBin(Microseconds FromMicroseconds, Microseconds ToMicroseconds, long Calls);

sealed record MapPeriod(EpochMicroseconds StartMicroseconds, long Ok, long Error, long Throttle, long Fault, Microseconds? AverageMicroseconds);

/// <summary>Failures of traces that have one root cause.</summary>
/// <param name="Path">The names of the services on the way down to where it began.</param>
/// <param name="Example">A trace that has it, the newest.</param>
sealed record MapCause(bool Fault, IReadOnlyList<string> Path, string? Exception, string? Message, int Traces, TraceId Example);

[JsonSerializable(typeof(ServiceMapWire))]
[JsonSerializable(typeof(MapPart))]
sealed partial class MapJson : JsonSerializerContext;
