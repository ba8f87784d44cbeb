using System.Text.Json;
using Xunit;

namespace Lambray.Tests.Server.XRay;

public sealed class SamplingForSdks : IAsyncLifetime
{
    XRayServer server = null!;

    public async ValueTask InitializeAsync() => server = await XRayServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    public async Task Gives_the_default_rule_with_every_field_that_sdks_look_for(string body)
    {
        var record = Assert.Single((await server.PostAsync("/GetSamplingRules", body)).GetProperty("SamplingRuleRecords").EnumerateArray());

        Assert.Equal(
            """{"RuleName":"Default","RuleARN":"arn:aws:xray:us-east-1:000000000000:sampling-rule/Default","ResourceARN":"*","Priority":10000,"FixedRate":0.05,"ReservoirSize":1,"ServiceName":"*","ServiceType":"*","Host":"*","HTTPMethod":"*","URLPath":"*","Version":1,"Attributes":{}}""",
            record.GetProperty("SamplingRule").GetRawText());
        Assert.Equal(0, record.GetProperty("CreatedAt").GetDouble());
    }

    // Bodies as the Java SDK (milliseconds) and the Python SDK (seconds) sent them.
    [Theory]
    [InlineData("""{"SamplingStatisticsDocuments":[{"ClientID":"FA6C225F39C695223751014A","Timestamp":1795395357679,"RuleName":"Default","BorrowCount":9,"RequestCount":9,"SampledCount":0}]}""")]
    [InlineData("""{"SamplingStatisticsDocuments": [{"RuleName": "Default", "ClientID": "db261b5d68d45f9d29211b96", "RequestCount": 9, "BorrowCount": 9, "SampledCount": 0, "Timestamp": 1795395157}]}""")]
    public async Task Gives_each_client_its_quota(string body)
    {
        var answer = await server.PostAsync("/SamplingTargets", body);

        Assert.Equal(JsonValueKind.Number, answer.GetProperty("LastRuleModification").ValueKind);
        Assert.Equal(
            """[{"RuleName":"Default","FixedRate":0.05,"ReservoirQuota":1,"ReservoirQuotaTTL":1700000300,"Interval":10}]""",
            answer.GetProperty("SamplingTargetDocuments").GetRawText());
        Assert.Empty(answer.GetProperty("UnprocessedStatistics").EnumerateArray());
    }

    [Fact]
    public async Task Reports_statistics_of_a_rule_that_is_gone()
    {
        var answer = await server.PostAsync("/SamplingTargets", """{"SamplingStatisticsDocuments":[{"RuleName":"gone","ClientID":"db261b5d68d45f9d29211b96","Timestamp":1700000000,"RequestCount":1,"SampledCount":1}]}""");

        Assert.Equal("gone", Assert.Single(answer.GetProperty("UnprocessedStatistics").EnumerateArray()).GetProperty("RuleName").GetString());
    }
}
