using System.Text.Json.Serialization;
using Lambray.Storage;

namespace Lambray.Tracing.AccountSettings;

/// <summary>Which part of the spans becomes trace summaries. There is one rule, as in AWS; here every trace is indexed, whatever it says.</summary>
public sealed class IndexingRules(SqliteDatabase database, TimeProvider time)
{
    public const string DefaultName = "Default";

    /// <summary>What really is indexed.</summary>
    public const double ActualPercentage = 100;

    // "1% of spans are indexed for free" (Transaction Search in the CloudWatch User Guide): what an account starts with.
    static readonly IndexingRule Initial = new(1, DateTimeOffset.UnixEpoch);

    readonly RecordSet<IndexingRule> records = new(database, "indexing-rule", IndexingJson.Default.IndexingRule);

    public IndexingRule Default => records.Find(DefaultName) ?? Initial;

    /// <exception cref="Aws.AwsException">ResourceNotFoundException: there is no such rule; InvalidRequestException: no such percentage.</exception>
    public async Task<IndexingRule> UpdateAsync(string name, double? desiredPercentage)
    {
        if (name != DefaultName) throw XRayErrors.ResourceNotFound(name, $"There is no indexing rule {name}.");
        var desired = XRayLimits.Number(desiredPercentage, "DesiredSamplingPercentage", 0, 100);
        return await records.PutAsync(_ => (name, new IndexingRule(desired, time.GetUtcNow())));
    }
}

public sealed record IndexingRule(double DesiredPercentage, DateTimeOffset ModifiedAt);

[JsonSerializable(typeof(IndexingRule))]
sealed partial class IndexingJson : JsonSerializerContext;
