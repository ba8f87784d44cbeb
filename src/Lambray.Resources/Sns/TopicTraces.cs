using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Tracing;
using Lambray.Tracing.Segments;

namespace Lambray.Resources.Sns;

/// <summary>The segments that a topic writes when active tracing is on ("Active tracing in Amazon SNS"): from the receipt of a message until it is on its ways.</summary>
public sealed class TopicTraces(CausalChain chain, PassedServices services, AwsHome home)
{
    /// <summary>The header that goes on from here, and what to call when the message is on its ways; null when nothing is written.</summary>
    internal (string? Header, Action? End) Begin(Topic topic, TopicMessage message)
    {
        if (!topic.IsTraced && !chain.IsFull) return (message.TraceHeader, null);
        var arn = topic.Arn(home);
        var (header, end) = services.Begin(
            TraceHeader.Parse(message.TraceHeader), topic.Name, "AWS::SNS", arn,
            () => JsonSerializer.SerializeToElement(new TopicAws("Publish", arn.ToString(), message.Id.ToString()), TopicAwsJson.Default.TopicAws));
        return (end is null ? message.TraceHeader : header.ToString(), end);
    }
}

sealed record TopicAws(string Operation, string TopicArn, string MessageId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TopicAws))]
sealed partial class TopicAwsJson : JsonSerializerContext;
