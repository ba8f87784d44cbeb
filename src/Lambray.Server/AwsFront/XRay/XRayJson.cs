using System.Text.Json.Serialization;

namespace Lambray.Server.AwsFront.XRay;

/// <summary>The JSON of the X-Ray API, made at compile time: names in PascalCase as the records spell them, absent fields left out.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
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
[JsonSerializable(typeof(GetTraceGraphRequest))]
[JsonSerializable(typeof(GetTraceGraphAnswer))]
[JsonSerializable(typeof(GetSamplingRulesRequest))]
[JsonSerializable(typeof(GetSamplingRulesAnswer))]
[JsonSerializable(typeof(GetSamplingTargetsRequest))]
[JsonSerializable(typeof(GetSamplingTargetsAnswer))]
sealed partial class XRayJson : JsonSerializerContext;
