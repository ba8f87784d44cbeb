using System.Text;
using Lambray.Functions.ExecutionEnvironments.Logging;
using Lambray.Functions.Registry;
using Xunit;

namespace Lambray.Tests.Functions.ExecutionEnvironments.Logging;

public sealed class FilteringLines
{
    [Theory]
    [InlineData("""{"level":"DEBUG","message":"m"}""", false)]
    [InlineData("""{"message":{"level":"ERROR"},"level":"info"}""", false)]
    [InlineData("""{"message":"no level"}""", false)]
    [InlineData("""{"level":"loud"}""", false)]
    [InlineData("""{"list":[{"level":"DEBUG"}],"level":"WARN"}""", true)]
    [InlineData("""{"level":"FATAL"}""", true)]
    [InlineData("""{"level":"WARNING"}""", true)]
    [InlineData("""{"level":"Information"}""", false)]
    [InlineData("""{"level":"Critical"}""", true)]
    [InlineData("""{"level":"DEBUG" """, true)]
    [InlineData("level DEBUG", true)]
    [InlineData("", true)]
    public void Keeps_JSON_of_the_level_that_was_set_and_all_that_is_no_JSON(string line, bool isKept)
    {
        var settings = LogSettings.Of(FunctionSamples.Function() with
        {
            LogFormat = "JSON",
            ApplicationLogLevel = "WARN",
        });

        Assert.Equal(isKept, settings.Keeps(Encoding.UTF8.GetBytes(line + "\n")));
        Assert.True(LogSettings.Of(FunctionSamples.Function()).Keeps(Encoding.UTF8.GetBytes(line + "\n")));
    }

    [Theory]
    [InlineData("nodejs22.x", "nodejs:22.v1")]
    [InlineData("python3.12", "python:3.12.v1")]
    [InlineData("java8.al2", "java:8.al2.v1")]
    [InlineData("dotnet10", "dotnet:10.v1")]
    [InlineData("provided.al2023", "provided:al2023.v1")]
    public void Names_the_version_of_a_runtime_as_logs_do(string runtime, string name) => Assert.Equal(name, RuntimeVersion.NameOf(runtime));
}
