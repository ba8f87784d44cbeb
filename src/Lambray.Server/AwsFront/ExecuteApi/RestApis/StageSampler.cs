using System.Collections.Concurrent;
using Lambray.Tracing.Sampling;

namespace Lambray.Server.AwsFront.ExecuteApi.RestApis;

/// <summary>Which requests of traced stages X-Ray is told of: as many in each second as the rule's reservoir holds, and its rate of the rest.</summary>
sealed class StageSampler(SamplingRules rules)
{
    readonly ConcurrentDictionary<string, Second> seconds = [];

    /// <returns>The rule that decided, and how.</returns>
    public (string Rule, bool IsSampled) Decide(SampledRequest request, DateTimeOffset now)
    {
        var rule = rules.RuleFor(request);
        var isSampled = seconds.GetOrAdd(rule.RuleName, _ => new Second()).TryTake(now.ToUnixTimeSeconds(), rule.ReservoirSize) || Random.Shared.NextDouble() < rule.FixedRate;
        return (rule.RuleName, isSampled);
    }

    sealed class Second
    {
        readonly Lock gate = new();
        long number = long.MinValue;
        int taken;

        public bool TryTake(long second, int countMax)
        {
            lock (gate)
            {
                // A clock that was set back opens no second reservoir.
                if (second > number) (number, taken) = (second, 0);
                if (taken >= countMax) return false;
                taken++;
                return true;
            }
        }
    }
}
