using Lambray.Functions.Invocation.Events;
using Xunit;

namespace Lambray.Tests.Functions.Invocation.Events;

/// <summary>Whose event runs next.</summary>
public sealed class TakingTurns
{
    const int Places = 8;
    static readonly DateTimeOffset Now = FunctionSamples.Now;

    readonly EventLanes lanes = new(Places);
    long lastId;

    [Fact]
    public void Events_of_one_function_run_in_the_order_in_which_they_were_accepted()
    {
        Add("a", 3);
        Assert.Equal([("a", 1), ("a", 2), ("a", 3)], TakeAll());
    }

    [Fact]
    public void A_flooded_function_leaves_room_for_one_that_comes_later()
    {
        Add("flooded", 1000);
        var flooding = TakeAll();
        Add("quiet", 1);

        Assert.InRange(flooding.Count, 1, Places - 1);
        Assert.Equal([("quiet", 1001)], TakeAll());
    }

    [Fact]
    public void Functions_take_turns()
    {
        Add("a", 100);
        Add("b", 100);
        Assert.Equal(["a", "b", "a", "b"], TakeAll().Take(4).Select(taken => taken.Function));
    }

    [Fact]
    public void An_event_waits_for_its_time()
    {
        lanes.Add("a", 1, Now + TimeSpan.FromMinutes(1));

        Assert.Empty(TakeAll());
        Assert.Equal(Now + TimeSpan.FromMinutes(1), lanes.NextWake);
        Assert.Equal([("a", 1)], TakeAll(Now + TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void After_a_refusal_the_function_waits_and_the_others_go_on()
    {
        Add("refused", 2);
        var (_, id) = lanes.Take(Now)!.Value;
        lanes.Refuse("refused", id, Now, Now);
        Add("other", 1);

        Assert.Equal([("other", 3)], TakeAll());
        // The one that was refused comes first again, and alone: it shows whether there is room.
        Assert.Equal([("refused", 1)], TakeAll(Now + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Each_further_refusal_doubles_the_wait_and_one_success_ends_it()
    {
        Add("a", 2);
        var now = Now;
        foreach (var seconds in (int[])[1, 2, 4])
        {
            Assert.Equal(TimeSpan.FromSeconds(seconds), lanes.WaitIfRefused("a"));
            var (_, id) = lanes.Take(now)!.Value;
            lanes.Refuse("a", id, Now, now);
            Assert.Null(lanes.Take(now + TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1)));
            now += TimeSpan.FromSeconds(seconds);
        }
        Assert.NotNull(lanes.Take(now));
        lanes.Settle("a");
        Assert.Equal(TimeSpan.FromSeconds(1), lanes.WaitIfRefused("a"));
    }

    [Fact]
    public void Events_that_ran_beside_a_refused_one_are_no_further_refusals()
    {
        Add("a", 100);
        foreach (var (_, id) in TakeAll()) lanes.Refuse("a", id, Now, Now);
        Assert.Equal(TimeSpan.FromSeconds(2), lanes.WaitIfRefused("a"));
    }

    [Fact]
    public void A_function_that_gets_through_again_may_have_more_at_a_time()
    {
        Add("a", 100);
        foreach (var (_, id) in TakeAll()) lanes.Refuse("a", id, Now, Now);
        var later = Now + TimeSpan.FromSeconds(1);

        Assert.Single(TakeAll(later));
        lanes.Settle("a");
        Assert.Equal(2, TakeAll(later).Count);
    }

    void Add(string function, int count)
    {
        for (var i = 0; i < count; i++) lanes.Add(function, ++lastId, Now);
    }

    List<(string Function, long Id)> TakeAll(DateTimeOffset? now = null)
    {
        var all = new List<(string, long)>();
        while (lanes.Take(now ?? Now) is { } taken) all.Add(taken);
        return all;
    }
}
