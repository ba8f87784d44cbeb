using Lambray.Aws;
using Lambray.Storage;

namespace Lambray.Tracing.Sampling;

/// <summary>The account's sampling rules: its own, up to 25, and the Default rule that is always there.</summary>
public sealed class SamplingRules(SqliteDatabase database, AwsHome home, TimeProvider time)
{
    const int CustomRulesMax = 25;
    const string ArnPrefix = "sampling-rule/";

    readonly RecordSet<SamplingRuleRecord> records = new(database, "sampling-rule", SamplingRecordsJson.Default.SamplingRuleRecord);

    // A deletion leaves no record behind. At a start everything counts as modified: clients that outlive it fetch the rules again.
    long removedTicks = time.GetUtcNow().UtcTicks;

    /// <summary>In the order in which clients try them: by priority, then by name, the Default rule last.</summary>
    public IReadOnlyList<SamplingRuleRecord> All =>
        [.. records.All.Values.Append(Find(SamplingRule.DefaultName)!).DistinctBy(record => record.Rule.RuleName)
            .OrderBy(record => record.Rule.Priority).ThenBy(record => record.Rule.RuleName, StringComparer.Ordinal)];

    /// <summary>When any of them was last created, changed or deleted; what clients have from before it is stale.</summary>
    public DateTimeOffset ModifiedAt =>
        records.All.Values.Select(record => record.ModifiedAt).Append(new DateTimeOffset(Interlocked.Read(ref removedTicks), TimeSpan.Zero)).Max();

    public SamplingRuleRecord? Find(string name) => records.Find(name) ?? (name == SamplingRule.DefaultName ? SamplingRuleRecord.Default : null);

    /// <summary>The rule for a request that has no sampling decision yet.</summary>
    public SamplingRule RuleFor(SampledRequest request) => All.Select(record => record.Rule).First(rule => rule.Matches(request));

    public Arn ArnOf(string name) => home.Regional("xray", ArnPrefix + name);

    /// <summary>The name in a rule's ARN, whether there is such a rule or not; null when it is no such ARN.</summary>
    public string? FindName(string arn) =>
        Arn.TryParse(arn, out var parsed) && parsed.Resource.StartsWith(ArnPrefix, StringComparison.Ordinal) && ArnOf(parsed.Resource[ArnPrefix.Length..]) == parsed
            ? parsed.Resource[ArnPrefix.Length..]
            : null;

    /// <exception cref="AwsException">InvalidRequestException for a rule that cannot be or is there already; RuleLimitExceededException.</exception>
    public Task<SamplingRuleRecord> CreateAsync(SamplingRule rule, IReadOnlyCollection<KeyValuePair<string, string>> tags)
    {
        SamplingRuleLimits.Check(rule);
        var tagged = XRayTags.Add(new Dictionary<string, string>(), tags, ArnOf(rule.RuleName).ToString());
        return records.PutAsync(all =>
        {
            if (rule.RuleName == SamplingRule.DefaultName || all.ContainsKey(rule.RuleName))
                throw XRayErrors.InvalidRequest($"There is a sampling rule {rule.RuleName} already.");
            if (all.Keys.Count(name => name != SamplingRule.DefaultName) >= CustomRulesMax)
                throw new AwsException("RuleLimitExceededException", 400, $"There are {CustomRulesMax} sampling rules already, the most that can be.");
            var now = time.GetUtcNow();
            return (rule.RuleName, new SamplingRuleRecord(rule, now, now, tagged));
        });
    }

    /// <exception cref="AwsException">InvalidRequestException: there is no such rule, or it cannot be so.</exception>
    public Task<SamplingRuleRecord> UpdateAsync(string name, Func<SamplingRule, SamplingRule> change) => PutAsync(name, record =>
    {
        var rule = change(record.Rule);
        SamplingRuleLimits.Check(rule);
        // "You can change the default rule's rate and reservoir" (Configuring sampling rules in the X-Ray Developer Guide): it matches whatever is left.
        if (name == SamplingRule.DefaultName && !SamplingRule.Default.MatchesTheSameAs(rule))
            throw XRayErrors.InvalidRequest("Of the Default rule, only FixedRate, ReservoirSize and SamplingRateBoost can be changed.");
        return record with
        {
            Rule = rule,
            ModifiedAt = time.GetUtcNow(),
        };
    });

    /// <inheritdoc cref="UpdateAsync"/>
    public Task<SamplingRuleRecord> TagAsync(
        string name, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change) =>
        PutAsync(name, record => record with
        {
            Tags = change(record.Tags),
        });

    /// <exception cref="AwsException">InvalidRequestException: there is no such rule, or it is the Default rule.</exception>
    public async Task<SamplingRuleRecord> DeleteAsync(string name)
    {
        if (name == SamplingRule.DefaultName) throw XRayErrors.InvalidRequest("The Default rule cannot be deleted.");
        var removed = await records.RemoveAsync(all => all.ContainsKey(name) ? name : throw NotFound(name));
        Interlocked.Exchange(ref removedTicks, time.GetUtcNow().UtcTicks);
        return removed;
    }

    Task<SamplingRuleRecord> PutAsync(string name, Func<SamplingRuleRecord, SamplingRuleRecord> change) => records.PutAsync(all =>
    {
        var record = all.GetValueOrDefault(name) ?? (name == SamplingRule.DefaultName ? SamplingRuleRecord.Default : throw NotFound(name));
        return (name, change(record));
    });

    static AwsException NotFound(string name) => XRayErrors.InvalidRequest($"There is no sampling rule {name}.");
}
