using System.Text.Json.Serialization;

namespace Lambray.Tracing.Sampling;

/// <summary>A sampling rule with its history and tags.</summary>
public sealed record SamplingRuleRecord(
    SamplingRule Rule, DateTimeOffset CreatedAt, DateTimeOffset ModifiedAt, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>The Default rule as long as nobody has changed it; AWS dates its creation at 0.</summary>
    public static readonly SamplingRuleRecord Default =
        new(SamplingRule.Default, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, new Dictionary<string, string>());
}

[JsonSerializable(typeof(SamplingRuleRecord))]
sealed partial class SamplingRecordsJson : JsonSerializerContext;
