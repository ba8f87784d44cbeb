using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Tracing;
using Lambray.Tracing.Segments;

namespace Lambray.Resources.EventBridge;

/// <summary>The segments of buses, which AWS does not write: only where the full causal chain is asked for.</summary>
public sealed class BusTraces(CausalChain chain, PassedServices services, AwsHome home)
{
    /// <summary>The header that goes on from here, and what to call when the event is on its ways; null when nothing is written.</summary>
    internal (string? Header, Action? End) Begin(string bus, BusEvent happened)
    {
        if (!chain.IsFull) return (happened.TraceHeader, null);
        var arn = home.Regional("events", $"event-bus/{bus}");
        var (header, end) = services.Begin(
            TraceHeader.Parse(happened.TraceHeader), bus, "AWS::Events", arn,
            () => JsonSerializer.SerializeToElement(new BusAws("PutEvents", arn.ToString(), happened.Id.ToString()), BusAwsJson.Default.BusAws));
        return (end is null ? happened.TraceHeader : header.ToString(), end);
    }
}

sealed record BusAws(string Operation, string EventBusArn, string EventId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BusAws))]
sealed partial class BusAwsJson : JsonSerializerContext;
