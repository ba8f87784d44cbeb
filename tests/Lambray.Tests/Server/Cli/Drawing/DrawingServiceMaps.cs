using Lambray.Server.Cli.AwsApi;
using Lambray.Server.Cli.Drawing;
using Xunit;

namespace Lambray.Tests.Server.Cli.Drawing;

public class DrawingServiceMaps
{
    static readonly ServiceItem Client = new(0, "greeter", "client") { Edges = [new(1)] };

    [Fact]
    public void Shows_who_calls_whom() => Assert.Equal(
        """
        Service               Type                   Requests  Average  OK  Error  Throttle  Fault
        client
        └─ greeter            AWS::Lambda                   4   125 ms   4      0         0      0
           └─ greeter         AWS::Lambda::Function         4  60.0 ms   1      1         1      1
              ├─ S3           AWS::S3                       4  3.08 ms   4      0         0      0
              └─ example.com  remote                        0     0 ms   0      0         0      0
        """,
        Draw(
            Client,
            new(1, "greeter", "AWS::Lambda") { Root = true, SummaryStatistics = new(4, 4, 0.5), Edges = [new(2)] },
            new(2, "greeter", "AWS::Lambda::Function")
            {
                SummaryStatistics = new(1, 4, 0.24) { ErrorStatistics = new(1, 1), FaultStatistics = new(1) },
                Edges = [new(3), new(4)],
            },
            new(3, "S3", "AWS::S3") { SummaryStatistics = new(4, 4, 0.0123) },
            new(4, "example.com", "remote") { SummaryStatistics = new(0, 0, 0) }));

    [Fact]
    public void Shows_a_service_with_two_callers_once_and_points_to_it() => Assert.Equal(
        """
        Service             Type                 Requests  Average  OK  Error  Throttle  Fault
        client
        └─ front            AWS::Lambda                 1   1.00 s   1      0         0      0
           ├─ first         AWS::Lambda                 1   1.00 s   1      0         0      0
           │  └─ shared     AWS::Lambda                 2   500 ms   2      0         0      0
           │     └─ shared  AWS::Lambda (above)
           └─ second        AWS::Lambda                 1   1.00 s   1      0         0      0
              └─ shared     AWS::Lambda (above)
        """,
        Draw(
            Client,
            new(1, "front", "AWS::Lambda") { SummaryStatistics = new(1, 1, 1), Edges = [new(2), new(3)] },
            new(2, "first", "AWS::Lambda") { SummaryStatistics = new(1, 1, 1), Edges = [new(4)] },
            new(3, "second", "AWS::Lambda") { SummaryStatistics = new(1, 1, 1), Edges = [new(4)] },
            new(4, "shared", "AWS::Lambda") { SummaryStatistics = new(2, 2, 1), Edges = [new(4)] }));

    [Fact]
    public void Shows_services_that_only_call_each_other() => Assert.Equal(
        """
        Service     Type     Requests  Average  OK  Error  Throttle  Fault
        ping                        1   1.00 s   1      0         0      0
        └─ pong                     1   1.00 s   1      0         0      0
           └─ ping  (above)
        """,
        Draw(
            new(0, "ping", null) { SummaryStatistics = new(1, 1, 1), Edges = [new(1)] },
            new(1, "pong", null) { SummaryStatistics = new(1, 1, 1), Edges = [new(0)] }));

    static string Draw(params ServiceItem[] services) => string.Join('\n', ServiceMap.Draw(services));
}
