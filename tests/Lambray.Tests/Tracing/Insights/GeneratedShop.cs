using Lambray.Tracing;
using Lambray.Tracing.Insights;

namespace Lambray.Tests.Tracing.Insights;

/// <summary>A shop whose requests are drawn by chance: <c>web</c> calls <c>cart</c>, which calls <c>pay</c>, and <c>search</c>, each with faults of its own.</summary>
sealed class GeneratedShop(Random random, double faultRate, int requestsPerMinute)
{
    public static readonly DateTimeOffset Start = TestSegments.At(0).ToDateTimeOffset();

    public static readonly ServiceId Web = new("web", "AWS::EC2::Instance");
    public static readonly ServiceId Cart = new("cart", null);
    public static readonly ServiceId Pay = new("pay", "AWS::Lambda");
    public static readonly ServiceId Search = new("search", null);

    int minutes;

    public DateTimeOffset Now => Start.AddMinutes(minutes);

    /// <param name="failing">Fails with the rate given instead of its own; whoever calls it fails with it.</param>
    public MinuteGraph NextMinute(ServiceId? failing = null, double rate = 0)
    {
        // Traffic goes up and down.
        var requests = Draw(2 * requestsPerMinute, 0.5);
        var counts = new Dictionary<ServiceId, long>();
        foreach (var service in (ServiceId[])[Pay, Search, Cart, Web]) counts[service] = Draw(requests, service == failing ? rate : faultRate);
        var deep = counts[Pay];
        counts[Cart] = Math.Min(requests, counts[Cart] + (failing == Pay ? deep : 0));
        counts[Web] = Math.Min(requests, counts[Web] + (failing == Pay || failing == Cart ? counts[Cart] : 0) + (failing == Search ? counts[Search] : 0));
        MinuteService Service(ServiceId id, params ServiceId[] calls) =>
            new(id, new RequestImpact(counts[id], requests - counts[id], requests), id == Web, calls);
        return new MinuteGraph(
            Start.AddMinutes(minutes++), requests == 0 ? [] : [Service(Web, Cart, Search), Service(Cart, Pay), Service(Pay), Service(Search)]);
    }

    long Draw(long trials, double probability)
    {
        long hits = 0;
        for (var trial = 0; trial < trials; trial++)
            if (random.NextDouble() < probability) hits++;
        return hits;
    }
}
