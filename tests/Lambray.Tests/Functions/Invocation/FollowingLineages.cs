using Lambray.Functions.Invocation;
using Xunit;

namespace Lambray.Tests.Functions.Invocation;

/// <summary>How the trace header tells a loop from a long chain.</summary>
public sealed class FollowingLineages
{
    const string Resize = "arn:aws:lambda:us-east-1:111111111111:function:resize";
    const string Notify = "arn:aws:lambda:us-east-1:111111111111:function:notify";

    [Fact]
    public void A_function_is_counted_each_time_that_it_runs_in_the_chain()
    {
        var header = "";
        for (var run = 0; run < 20; run++)
        {
            header = Lineage.Enter(header, Resize);
            Assert.Equal(run, Lineage.RunsBefore(header, Resize));
        }
    }

    [Fact]
    public void Functions_of_one_loop_are_counted_each_by_itself()
    {
        var header = Lineage.Enter(Lineage.Enter(Lineage.Enter("", Resize), Notify), Resize);
        Assert.Equal((1, 0), (Lineage.RunsBefore(header, Resize), Lineage.RunsBefore(header, Notify)));
    }

    [Fact]
    public void A_lineage_of_AWS_own_is_read_with_its_version_and_other_pairs_are_kept()
    {
        var header = Lineage.Enter("Self=1-2-3;Lineage=1:a87bd80c:3|68fd508a:5", Resize);
        Assert.StartsWith("Self=1-2-3;Lineage=a87bd80c:3|68fd508a:5|", header, StringComparison.Ordinal);
    }

    [Fact]
    public void A_malformed_lineage_counts_for_nothing() => Assert.Equal(0, Lineage.RunsBefore("Lineage=x|:|a:-4|b:many", Resize));

    [Fact]
    public void A_chain_through_many_functions_does_not_make_the_header_grow_for_ever()
    {
        var header = Enumerable.Range(0, 1000).Aggregate("", (sofar, number) => Lineage.Enter(sofar, Resize + number));
        Assert.InRange(header.Length, 1, 500);
    }
}
