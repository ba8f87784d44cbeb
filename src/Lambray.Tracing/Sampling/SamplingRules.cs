namespace Lambray.Tracing.Sampling;

/// <summary>The sampling rules in force.</summary>
/// <param name="time">Rules are as old as the server: clients that outlive a restart fetch them again.</param>
public sealed class SamplingRules(TimeProvider time)
{
    public IReadOnlyList<SamplingRule> All { get; } = [SamplingRule.Default];

    public DateTimeOffset ModifiedAt { get; } = time.GetUtcNow();

    public SamplingRule? Find(string name) => All.FirstOrDefault(rule => rule.RuleName == name);
}
