using Lambray.Server.Cli.Demo;
using Xunit;

namespace Lambray.Tests.Server.Cli.Demo;

public class ExpectingMaps
{
    [Fact]
    public void Follows_the_calls_from_client_to_S3() => Assert.Empty(ExpectedMap.Missing(
    [
        new(0, "greeter", "client") { Edges = [new(1)] },
        new(1, "greeter", "AWS::Lambda") { Edges = [new(2)] },
        new(2, "greeter", "AWS::Lambda::Function") { Edges = [new(3)] },
        new(3, "S3", "AWS::S3"),
    ]));

    [Fact]
    public void Names_the_calls_that_are_not_there() => Assert.Equal(
        ["AWS::Lambda → AWS::Lambda::Function on the service map", "AWS::Lambda::Function → AWS::S3 on the service map"],
        ExpectedMap.Missing([new(0, "greeter", "client") { Edges = [new(1)] }, new(1, "greeter", "AWS::Lambda")]));
}
