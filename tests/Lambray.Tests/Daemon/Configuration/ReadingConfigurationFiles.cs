using Lambray.Daemon.Configuration;
using Xunit;

namespace Lambray.Tests.Daemon.Configuration;

public sealed class ReadingConfigurationFiles
{
    [Fact]
    public void Reads_every_key()
    {
        var config = Apply("""
            TotalBufferSizeMB: 24
            Concurrency: 4
            Region: "us-west-2"
            Endpoint: "https://xray.example.com"
            Socket:
              UDPAddress: "127.0.0.1:3000"
              TCPAddress: "127.0.0.1:3001"
            Logging:
              LogRotation: false
              LogLevel: "debug"
              LogPath: "/var/log/xray.log"
            LocalMode: true
            ResourceARN: "arn:aws:ec2:us-east-1:1:instance/i-1"
            RoleARN: "arn:aws:iam::1:role/r"
            NoVerifySSL: true
            ProxyAddress: "http://127.0.0.1:3128"
            Version: 2
            """);

        Assert.Equal(
            new DaemonConfig
            {
                BufferMegabytes = 24,
                Concurrency = 4,
                Region = "us-west-2",
                Endpoint = new Uri("https://xray.example.com"),
                UdpAddress = "127.0.0.1:3000",
                TcpAddress = "127.0.0.1:3001",
                LogRotation = false,
                LogLevel = DaemonLogLevel.Debug,
                LogFile = "/var/log/xray.log",
                LocalMode = true,
                ResourceArn = "arn:aws:ec2:us-east-1:1:instance/i-1",
                RoleArn = "arn:aws:iam::1:role/r",
                NoVerifySsl = true,
                ProxyAddress = new Uri("http://127.0.0.1:3128"),
            },
            config);
    }

    // The file that comes with AWS's daemon names every key and leaves most of them empty.
    [Fact]
    public void Keeps_the_default_where_nothing_is_said() =>
        Assert.Equal(new DaemonConfig(), Apply("Version: 1\nTotalBufferSizeMB: 0\nConcurrency: 0\nRegion: \"\"\nEndpoint:\nSocket:\n  UDPAddress: ''\nLogging:\n  LogLevel: prod\n"));

    [Theory]
    [InlineData("Region: x", "Config Version is missing")]
    [InlineData("Version: 3", "Config Version Setting is not correct")]
    [InlineData("Version: 2\nFrob: 1", "Frob flag is invalid")]
    [InlineData("Version: 2\nSocket:\n  Frob: 1", "Socket.Frob flag is invalid")]
    [InlineData("Version: 2\nRegion:\n  - a", "cfg.yaml line 3: Region has to be a single value")]
    [InlineData("Version: 2\nConcurrency: many", "Concurrency in cfg.yaml: 'many' is not a number")]
    [InlineData("Version: [", "cfg.yaml line")]
    [InlineData("- 1", "cfg.yaml has to be one mapping")]
    public void Refuses_a_file_that_it_does_not_understand(string text, string message)
    {
        var mistake = Assert.Throws<ConfigurationException>(() => Apply(text));

        Assert.StartsWith(message, mistake.Message, StringComparison.Ordinal);
        Assert.Equal(1, mistake.ExitCode);
    }

    [Fact]
    public void Flags_win_over_the_file_and_the_file_over_the_environment()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "cfg.yaml");
        File.WriteAllText(file, "Version: 2\nRegion: of-file\nEndpoint: http://of.file\n");
        Dictionary<string, string> variables = new()
        {
            ["AWS_REGION"] = "of-environment",
            ["AWS_ENDPOINT_URL"] = "http://of.all.services",
            ["AWS_ENDPOINT_URL_XRAY"] = "http://of.xray",
        };

        var (alone, withFile, withFlag) = (Read(), Read("-c", file), Read("-c", file, "-n", "of-flag"));

        Assert.Equal(("of-environment", new Uri("http://of.xray")), (alone.Region, alone.Endpoint));
        Assert.Equal(("of-file", new Uri("http://of.file")), (withFile.Region, withFile.Endpoint));
        Assert.Equal("of-flag", withFlag.Region);

        DaemonConfig Read(params string[] arguments) => ConfigurationReader.Read(CommandLine.Read(arguments), variables.GetValueOrDefault);
    }

    static DaemonConfig Apply(string text) => ConfigurationFile.Apply(new DaemonConfig(), text, "cfg.yaml");
}
