using System.Net;
using Lambray.Server.Cli.Configuration;
using Lambray.Server.Hosting;
using Xunit;

namespace Lambray.Tests.Server.Cli.Configuration;

public sealed class ReadingConfiguration : IDisposable
{
    readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void Keeps_the_defaults_where_no_source_says_anything()
    {
        var defaults = new ServeConfig { Region = "eu-central-1" };

        Assert.Equal(defaults, Read(defaults: defaults));
    }

    [Fact]
    public void Lets_variables_override_the_file_and_flags_override_both()
    {
        File.WriteAllText(file, "region: eu-west-1\naccount-id: 000000000012\ndaemon: off\n");

        var config = Read(
            file, [("LAMBRAY_REGION", "eu-west-2"), ("LAMBRAY_ACCOUNT_ID", "000000000034")], new SettingValue("region", "eu-west-3", "--region"));

        Assert.Equal(("eu-west-3", "000000000034", null), (config.Region, config.AccountId, config.Daemon));
    }

    [Fact]
    public void Reads_the_file_that_the_environment_names()
    {
        File.WriteAllText(file, "environments-max: 3");

        Assert.Equal(3, Read(variables: [("LAMBRAY_CONFIG", file)]).EnvironmentsMax);
    }

    [Fact]
    public void Reads_a_file_in_JSON()
    {
        File.WriteAllText(file, "{\n\t\"listen\":\t\"[::1]:0\",\n\t\"lambda-sampling-rate\": 1e-1, \"isolation\": \"Process\"\n}");

        var config = Read(file);

        Assert.Equal((new IPEndPoint(IPAddress.IPv6Loopback, 0), 0.1, IsolationMode.Process), (config.Listen, config.LambdaSamplingRate, config.Isolation));
    }

    [Fact]
    public void Reads_where_services_are_that_are_elsewhere()
    {
        File.WriteAllText(file, "services: { sqs: { endpoint: 'http://127.0.0.1:9324', region: elasticmq }, s3: { endpoint: 'http://127.0.0.1:9000' } }");

        var config = Read(file, [("LAMBRAY_SERVICES_SQS_ACCESS_KEY_ID", "x")]);

        Assert.Equal(new ServiceElsewhere(new Uri("http://127.0.0.1:9324"), "x", Region: "elasticmq"), config.Elsewhere["sqs"]);
        Assert.Equal(["s3", "sqs"], config.Elsewhere.Keys.Order());
    }

    [Theory]
    [InlineData("services-sns-endpoint", "elsewhere")]
    [InlineData("listen", "4566")]
    [InlineData("listen", "::1:4566")]
    [InlineData("listen", "127.0.0.1:65536")]
    [InlineData("listen", "example.com:4566")]
    [InlineData("daemon", "on")]
    [InlineData("data-dir", "")]
    [InlineData("region", "Frankfurt")]
    [InlineData("account-id", "12345678901")]
    [InlineData("isolation", "1")]
    [InlineData("network", "ajar")]
    [InlineData("host-ports", "postgresql")]
    [InlineData("host-ports", "5432,9001")]
    [InlineData("environments-max", "0")]
    [InlineData("lambda-sampling-first-per-minute", "-1")]
    [InlineData("lambda-sampling-rate", "5%")]
    [InlineData("lambda-sampling-rate", "NaN")]
    [InlineData("log-level", "loud")]
    public void Names_the_key_its_source_and_the_value_that_is_wrong(string key, string value)
    {
        var error = Assert.Throws<ConfigException>(() => Read(flags: new SettingValue(key, value, "the source")));

        Assert.StartsWith($"{key} (the source): '{value}' is no", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("region: us-east-1\nlisen: 1\n", "lisen ({0} line 2): unknown key; the keys are listen, daemon, ")]
    [InlineData("listen: [1]", "listen ({0} line 1): has to be a single value")]
    [InlineData("- listen", "config: {0} has to be one mapping of keys to values; ")]
    [InlineData("{\n\"listen\": \"", "config: {0} line 2 is neither YAML nor JSON: ")]
    [InlineData("region: a\nregion: b", "config: {0} line ")]
    public void Names_the_line_of_the_file_that_is_wrong(string text, string message)
    {
        File.WriteAllText(file, text);

        var error = Assert.Throws<ConfigException>(() => Read(file));

        Assert.StartsWith(string.Format(null, message, file), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Says_that_a_file_cannot_be_read()
    {
        var error = Assert.Throws<ConfigException>(() => Read("/nowhere/lambray.yaml"));

        Assert.StartsWith("config: /nowhere/lambray.yaml cannot be read: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaves_variables_of_others_alone() => Assert.Equal(new ServeConfig(), Read(variables: [("LAMBRAY_PORT", "tcp://10.0.0.1:80")]));

    static ServeConfig Read(
        string? file = null, (string Name, string Value)[]? variables = null, params SettingValue[] flags) => Read(new ServeConfig(), file, variables, flags);

    static ServeConfig Read(ServeConfig defaults, string? file = null, (string Name, string Value)[]? variables = null, params SettingValue[] flags) =>
        ServeConfigReader.Read(defaults, file, name => variables?.FirstOrDefault(variable => variable.Name == name).Value, flags);
}
