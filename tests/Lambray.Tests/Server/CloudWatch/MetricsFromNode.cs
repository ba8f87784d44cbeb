using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.CloudWatch;

/// <summary>CloudWatch metrics as the SDK for JavaScript uses them, in each of the protocols that it can be told to speak.</summary>
public sealed class MetricsFromNode(WholeServer server) : IClassFixture<WholeServer>
{
    [Theory]
    [InlineData("json")]
    [InlineData("cbor")]
    [InlineData("query")]
    public async Task Metrics_are_put_and_read_back(string protocol)
    {
        var outcome = await ClientProcess.Node("metrics.mjs", server.Address.ToString(), $"Shop/{protocol}", protocol);

        var expected = JsonNode.Parse("""
            {
              "listed": 202,
              "latency": [{ "Name": "Page", "Value": "cart" }],
              "Label": "Latency",
              "datapoint": [{ "SampleCount": 6, "Average": 166668.75, "Sum": 1000012.5, "Minimum": 1, "Maximum": 1000000, "Unit": "Milliseconds", "isThen": true }],
              "percentile": { "p99": -3 },
              "results": [{ "Id": "e1", "Label": "half", "Values": [500007.25], "StatusCode": "Complete", "isThen": true }],
              "invalid": "The value AWS/Own for parameter Namespace is invalid.",
              "missing": "At least one of the parameters MetricData.member.1.Value, MetricData.member.1.Values, or MetricData.member.1.StatisticValues must be specified.",
              "alarm": ["NotImplemented", "PutMetricAlarm of CloudWatch is not available on this server."]
            }
            """);
        Assert.Equal(Sorted(expected), Sorted(JsonNode.Parse(outcome.Succeeded)));
    }

    // Protocols differ in the order of members.
    static string Sorted(JsonNode? node) => node switch
    {
        JsonObject fields => $"{{{string.Join(", ", fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}: {Sorted(field.Value)}"))}}}",
        JsonArray items => $"[{string.Join(", ", items.Select(Sorted))}]",
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => value.GetValue<double>().ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        _ => node?.ToJsonString() ?? "null",
    };
}
