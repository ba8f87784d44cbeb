using Lambray.Functions.Registry;
using Lambray.Functions.Registry.Concurrency;

namespace Lambray.Functions.Invocation;

/// <summary>How many invocations of each function, and of all together, are at work, held to their limits ("Lambda function scaling" in the Developer Guide).</summary>
/// <remarks>
/// A function with reserved concurrency has that many for itself and no more; all others share what is left of the account's. Environments kept
/// by provisioned concurrency are set aside from either. Nor may a function be invoked more than ten times a second for each unit.
/// </remarks>
public sealed class ConcurrencyLimits
{
    const int RatePerUnit = 10;
    const string AccountLimit = "ConcurrentInvocationLimitExceeded";
    const string AccountRateLimit = "FunctionInvocationRateLimitExceeded";
    const string ReservedLimit = "ReservedFunctionConcurrentInvocationLimitExceeded";
    const string ReservedRateLimit = "ReservedFunctionInvocationRateLimitExceeded";
    static readonly TimeSpan RateWindow = TimeSpan.FromSeconds(1);

    readonly Lock gate = new();
    readonly Dictionary<string, Usage> byFunction = [];
    readonly Usage unreserved = new();
    readonly ConcurrencyReservations reservations;
    readonly TimeProvider time;
    int? unreservedLimit;

    public ConcurrencyLimits(FunctionRegistry functions, ConcurrencyReservations reservations, TimeProvider time)
    {
        (this.reservations, this.time) = (reservations, time);
        functions.Changed += _ =>
        {
            lock (gate) unreservedLimit = null;
        };
    }

    /// <summary>Takes a place for an invocation. It is the caller's until <see cref="ConcurrencyPlace.Leave"/>.</summary>
    /// <exception cref="Aws.AwsException">TooManyRequestsException, which names the limit.</exception>
    public ConcurrencyPlace Enter(InvocationTarget target)
    {
        var now = time.GetUtcNow();
        var (name, reserved) = (target.Registered.Name, target.Registered.ReservedConcurrency);
        lock (gate)
        {
            var usage = UsageOf(name);
            // What is provisioned for the function has been taken from what all share already.
            var isShared = reserved is null && usage.AtWork >= ConcurrencyReservations.ProvisionedBy(target.Registered);
            if (reserved is { } limit) Require(usage, limit, now, ReservedLimit, ReservedRateLimit);
            else if (isShared) Require(unreserved, unreservedLimit ??= reservations.Unreserved(), now, AccountLimit, AccountRateLimit);
            usage.Begin(now);
            if (isShared) unreserved.Begin(now);
            return new ConcurrencyPlace(this, name, IsReserved: reserved is not null, isShared);
        }
    }

    internal void Leave(ConcurrencyPlace place)
    {
        lock (gate)
        {
            if (place.IsShared) unreserved.AtWork--;
            var usage = byFunction[place.Function];
            // Idle ones are forgotten unless their second is still being counted.
            if (--usage.AtWork == 0 && time.GetUtcNow() - usage.Window > RateWindow) byFunction.Remove(place.Function);
        }
    }

    Usage UsageOf(string name)
    {
        if (!byFunction.TryGetValue(name, out var usage)) byFunction[name] = usage = new Usage();
        return usage;
    }

    static void Require(Usage usage, int limit, DateTimeOffset now, string reason, string rateReason)
    {
        if (usage.AtWork >= limit) throw LambdaErrors.Throttled(reason);
        if (usage.StartedIn(now) >= limit * RatePerUnit) throw LambdaErrors.Throttled(rateReason);
    }

    sealed class Usage
    {
        int started;

        public int AtWork { get; set; }

        /// <summary>The second that is being counted.</summary>
        public DateTimeOffset Window { get; private set; }

        public int StartedIn(DateTimeOffset now)
        {
            if (now - Window < RateWindow) return started;
            (Window, started) = (now, 0);
            return 0;
        }

        public void Begin(DateTimeOffset now)
        {
            _ = StartedIn(now);
            started++;
            AtWork++;
        }
    }
}

/// <summary>An invocation's place among those that may be at work at once.</summary>
/// <param name="IsReserved">Whether it is one of those reserved for the function.</param>
/// <param name="IsShared">Whether it is one of those that all functions share.</param>
public sealed record ConcurrencyPlace(ConcurrencyLimits Concurrency, string Function, bool IsReserved, bool IsShared)
{
    public void Leave() => Concurrency.Leave(this);
}
