using Lambray.Daemon.Configuration;
using Xunit;

namespace Lambray.Tests.Daemon.Configuration;

public sealed class ReadingFlags
{
    [Theory]
    [InlineData("-b", "0.0.0.0:3000")]
    [InlineData("--bind", "0.0.0.0:3000")]
    [InlineData("-bind", "0.0.0.0:3000")]
    [InlineData("-b=0.0.0.0:3000")]
    [InlineData("--bind=0.0.0.0:3000")]
    public void Takes_each_spelling_that_Go_takes(params string[] arguments) => Assert.Equal("0.0.0.0:3000", Read(arguments).UdpAddress);

    [Fact]
    public void Knows_every_flag_of_the_daemon()
    {
        var config = Read(
            "-a", "arn:aws:ec2:us-east-1:1:instance/i-1", "-o", "-m", "40", "-n", "eu-west-1", "-b", ":1", "-t", ":2", "-r", "arn:aws:iam::1:role/r", "-f", "/tmp/x.log", "-l", "warn",
            "-p", "http://proxy:3128", "-e", "http://127.0.0.1:4566");

        Assert.Equal(
            new DaemonConfig
            {
                ResourceArn = "arn:aws:ec2:us-east-1:1:instance/i-1",
                LocalMode = true,
                BufferMegabytes = 40,
                Region = "eu-west-1",
                UdpAddress = ":1",
                TcpAddress = ":2",
                RoleArn = "arn:aws:iam::1:role/r",
                LogFile = "/tmp/x.log",
                LogLevel = DaemonLogLevel.Warn,
                ProxyAddress = new Uri("http://proxy:3128"),
                Endpoint = new Uri("http://127.0.0.1:4566"),
            },
            config);
    }

    [Theory]
    [InlineData("there is no flag -frob", "--frob", "1")]
    [InlineData("-b needs a value", "-b")]
    [InlineData("-m: 'many' is not a number", "-m", "many")]
    [InlineData("-o: 'maybe' is neither true nor false", "-o=maybe")]
    [InlineData("'stray' is no flag", "stray")]
    public void Says_what_is_wrong(string message, params string[] arguments)
    {
        var mistake = Assert.Throws<ConfigurationException>(() => Read(arguments));

        Assert.StartsWith(message, mistake.Message, StringComparison.Ordinal);
        Assert.Equal(2, mistake.ExitCode);
    }

    [Theory]
    [InlineData("127.0.0.1:2000", "127.0.0.1:2000")]
    [InlineData("[::1]:2000", "[::1]:2000")]
    [InlineData(":2000", "[::]:2000")]
    public void Understands_addresses(string text, string address) => Assert.Equal(address, ListenAddress.Resolve(text).ToString());

    [Theory]
    [InlineData("2000")]
    [InlineData("127.0.0.1:70000")]
    public void Refuses_what_is_no_address(string text) => Assert.Throws<ConfigurationException>(() => ListenAddress.Resolve(text));

    static DaemonConfig Read(params string[] arguments) => CommandLine.Read(arguments).Apply(new DaemonConfig());
}
