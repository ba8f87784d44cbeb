using Lambray.Aws;
using Lambray.Resources.EventBridge;
using Lambray.Resources.EventBridge.Delivery;
using Xunit;

namespace Lambray.Tests.Resources.EventBridge;

/// <summary>What targets get that do not want the whole event.</summary>
public sealed class TransformingInput
{
    static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    static readonly BusEvent Happened = new(
        Guid.Parse("0a787ecb-4015-4c3f-8b5e-3f1b2a9d7c11"), "shop", "Order", """{"who":"Ann \"A\"","n":7,"list":[{"a":1}],"none":null}""", Noon, ["arn:thing"])
    {
        Home = new AwsHome("123456789012", "eu-central-1"),
    };

    [Theory]
    [InlineData("\"<who> came\"", "\"Ann \\\"A\\\" came\"")]
    [InlineData("{\"who\": <who>, \"n\": <n>}", "{\"who\": \"Ann \\\"A\\\"\", \"n\": 7}")]
    [InlineData("{\"text\": \"<n> and <list>\", \"list\": <list>}", "{\"text\": \"7 and [{\\\"a\\\":1}]\", \"list\": [{\"a\":1}]}")]
    [InlineData("\"to <gone>!\"", "\"to !\"")]
    [InlineData("{\"gone\": <gone>, \"none\": <none>}", "{\"gone\": \"\", \"none\": null}")]
    [InlineData("\"first <type>\"\n\"then <time>\"", "\"first Order\"\n\"then 2026-03-01T12:00:00Z\"")]
    [InlineData("<aws.events.rule-arn>", "\"arn:rule\"")]
    [InlineData("\"<aws.events.rule-name> at <aws.events.event.ingestion-time>\"", "\"name at 2026-03-01T12:00:00.000Z\"")]
    [InlineData("{\"escaped \\\" quote\": \"<n>\"}", "{\"escaped \\\" quote\": \"7\"}")]
    public void A_template_has_the_values_of_the_event(string template, string expected)
    {
        var paths = new Dictionary<string, string>
        {
            ["who"] = "$.detail.who",
            ["n"] = "$.detail.n",
            ["list"] = "$.detail.list",
            ["none"] = "$.detail.none",
            ["gone"] = "$.detail.gone.deeper",
            ["type"] = "$.detail-type",
            ["time"] = "$['time']",
        };

        Assert.Null(InputTemplate.FirstUnknown(template, paths));
        Assert.Equal(expected, InputTemplate.Fill(new InputTransformer(paths, template), Happened, "arn:rule", "name", Noon));
    }

    [Theory]
    [InlineData("$", "Object")]
    [InlineData("$.resources[0]", "arn:thing")]
    [InlineData("$.detail.list[0].a", "1")]
    [InlineData("$.detail.list[1].a", null)]
    [InlineData("$.detail.n.deeper", null)]
    public void A_path_leads_to_a_value(string path, string? expected)
    {
        var found = EventPath.Find(path)!.Of(Happened.Json);

        Assert.Equal(expected, found?.ValueKind == System.Text.Json.JsonValueKind.Object ? "Object" : found?.ToString());
    }

    [Theory]
    [InlineData("detail")]
    [InlineData("$..detail")]
    [InlineData("$.detail[*]")]
    [InlineData("$.detail.")]
    public void What_is_no_path_is_refused(string path) => Assert.Null(EventPath.Find(path));
}
