using Lambray.Server.Cli.Drawing;
using Xunit;

namespace Lambray.Tests.Server.Cli.Drawing;

public class ListingTraces
{
    [Fact]
    public void Shows_each_trace_in_a_line() => Assert.Equal(
        """
        Trace                                Started              Duration  Response  Status       Entry point
        1-6553f100-000000000000000000000001  2023-11-14 22:13:20    12.3 s   4.20 ms  202 OK       greeter AWS::Lambda
        1-6553f0ff-000000000000000000000002  2023-11-14 22:13:19    100 ms            503 fault    GET https://example.com/orders
        1-6553f0fe-000000000000000000000003                           0 ms            in progress
        """,
        string.Join('\n', TraceList.Draw(
        [
            new("1-6553f100-000000000000000000000001")
            {
                StartTime = 1_700_000_000.25, Duration = 12.34, ResponseTime = 0.0042, Http = new(null, 202, null), EntryPoint = new("greeter", "AWS::Lambda"),
            },
            new("1-6553f0ff-000000000000000000000002")
            {
                StartTime = 1_699_999_999, Duration = 0.1, HasFault = true, HasError = true, Http = new("https://example.com/orders", 503, "GET"),
            },
            new("1-6553f0fe-000000000000000000000003") { IsPartial = true },
        ], TimeZoneInfo.Utc)));
}
