using System.Collections.Concurrent;

namespace Lambray.Tracing.Sampling;

/// <summary>How Lambda samples requests that come to an actively traced function without a decision.</summary>
/// <param name="FirstPerMinute">So many requests of each minute and function are always traced.</param>
/// <param name="Rate">The fraction of the others that is traced, 0 to 1.</param>
public sealed record LambdaSamplingConfig(int FirstPerMinute = 1, double Rate = 0.05);

/// <summary>Lambda's own sampling rule of active tracing: the first request in each minute, and a fraction of the rest.</summary>
/// <param name="config">Asked anew for each request: it may change while the server runs.</param>
public sealed class LambdaSampler(Func<LambdaSamplingConfig> config, Random random)
{
    readonly ConcurrentDictionary<string, Minute> minutes = [];

    public LambdaSampler(LambdaSamplingConfig config, Random? random = null) : this(() => config, random ?? Random.Shared)
    {
    }

    public bool Decide(string functionName, DateTimeOffset now)
    {
        var (firstPerMinute, rate) = config();
        var current = minutes.GetOrAdd(functionName, _ => new Minute());
        return current.TryTake(now.ToUnixTimeSeconds() / 60, firstPerMinute) || random.NextDouble() < rate;
    }

    sealed class Minute
    {
        readonly Lock gate = new();
        long number = long.MinValue;
        int taken;

        public bool TryTake(long minute, int countMax)
        {
            lock (gate)
            {
                // A clock that was set back opens no second first request in a minute.
                if (minute > number) (number, taken) = (minute, 0);
                if (taken >= countMax) return false;
                taken++;
                return true;
            }
        }
    }
}
