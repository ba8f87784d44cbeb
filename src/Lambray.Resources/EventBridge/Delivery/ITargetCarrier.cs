using System.Text.Json;
using Lambray.Aws;

namespace Lambray.Resources.EventBridge.Delivery;

/// <summary>Takes events to the targets of one service.</summary>
public interface ITargetCarrier
{
    /// <summary>The service in the ARNs that it takes: <c>lambda</c>, <c>sqs</c>, <c>sns</c>, <c>kinesis</c>, <c>logs</c>, <c>events</c>. No two carriers serve the same one.</summary>
    string Service { get; }

    /// <summary>Delivers; when the task completes the event is safe with the target. One may be delivered twice, after a crash.</summary>
    /// <exception cref="AwsException">
    /// A status below 500, but 429: the target does not take it, now or later. Any other exception: it is tried again.
    /// </exception>
    Task DeliverAsync(TargetDelivery delivery, CancellationToken stop);
}

/// <summary>One event for one target.</summary>
/// <param name="Rule">The ARN of the rule.</param>
/// <param name="Input">What the target is to get, as its settings make it of the event.</param>
/// <param name="TraceHeader">Null when the event belongs to no trace.</param>
public sealed record TargetDelivery(Arn Rule, RuleTarget Target, Arn TargetArn, BusEvent Event, string Input, string? TraceHeader)
{
    /// <summary>The value at a path of the event, as targets name their lines and shards by it; a text without its quotes.</summary>
    public string? FindText(string path) => EventPath.Find(path)?.Of(Event.Json) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } other => other.GetRawText(),
    };

    /// <exception cref="AwsException">It is no JSON, which this target wants.</exception>
    public void RequireJson()
    {
        try
        {
            using var json = JsonDocument.Parse(Input);
        }
        catch (JsonException error)
        {
            throw new AwsException("INVALID_JSON", 400, error.Message);
        }
    }
}
