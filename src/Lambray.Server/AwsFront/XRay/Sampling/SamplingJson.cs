using System.Text.Json.Serialization;

namespace Lambray.Server.AwsFront.XRay.Sampling;

/// <summary>The JSON of the sampling operations.</summary>
[JsonSerializable(typeof(CreateSamplingRuleRequest))]
[JsonSerializable(typeof(UpdateSamplingRuleRequest))]
[JsonSerializable(typeof(DeleteSamplingRuleRequest))]
[JsonSerializable(typeof(SamplingRuleAnswer))]
[JsonSerializable(typeof(GetSamplingRulesRequest))]
[JsonSerializable(typeof(GetSamplingRulesAnswer))]
[JsonSerializable(typeof(GetSamplingTargetsRequest))]
[JsonSerializable(typeof(GetSamplingTargetsAnswer))]
[JsonSerializable(typeof(GetSamplingStatisticSummariesRequest))]
[JsonSerializable(typeof(GetSamplingStatisticSummariesAnswer))]
sealed partial class SamplingJson : JsonSerializerContext
{
    public static SamplingJson Wire { get; } = new(XRayJson.NewOptions());
}
