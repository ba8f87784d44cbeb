using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lambray.Server.AwsFront.XRay;

/// <summary>The JSON of the X-Ray API, made at compile time: names in PascalCase as the records spell them, absent fields left out.</summary>
[JsonSerializable(typeof(PutTraceSegmentsRequest))]
[JsonSerializable(typeof(PutTraceSegmentsAnswer))]
[JsonSerializable(typeof(PutTelemetryRecordsRequest))]
[JsonSerializable(typeof(EmptyAnswer))]
[JsonSerializable(typeof(BatchGetTracesRequest))]
[JsonSerializable(typeof(BatchGetTracesAnswer))]
[JsonSerializable(typeof(GetTraceSummariesRequest))]
[JsonSerializable(typeof(GetTraceSummariesAnswer))]
[JsonSerializable(typeof(GetServiceGraphRequest))]
[JsonSerializable(typeof(GetServiceGraphAnswer))]
[JsonSerializable(typeof(GetTimeSeriesServiceStatisticsRequest))]
[JsonSerializable(typeof(GetTimeSeriesServiceStatisticsAnswer))]
[JsonSerializable(typeof(GetTraceGraphRequest))]
[JsonSerializable(typeof(GetTraceGraphAnswer))]
sealed partial class XRayJson : JsonSerializerContext
{
    /// <summary>As AWS writes it: quotes inside a string – every document is one – as <c>\"</c>, not as <c>\u0022</c>.</summary>
    public static XRayJson Wire { get; } = new(NewOptions());

    /// <summary>For the contexts of the rooms beneath this one; each takes options of its own.</summary>
    public static JsonSerializerOptions NewOptions() => new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new HistogramEntryConverter() },
    };
}
