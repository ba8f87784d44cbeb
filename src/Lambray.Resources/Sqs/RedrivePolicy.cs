using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Aws;

namespace Lambray.Resources.Sqs;

/// <summary>Sends messages that were received so often without being deleted to another queue.</summary>
public sealed record RedrivePolicy(Arn Target, int MaxReceiveCount)
{
    const int ReceivesMax = 1000;

    /// <returns>Null for no policy, and for text that is none.</returns>
    public static RedrivePolicy? Parse(string? json)
    {
        if (string.IsNullOrEmpty(json)) return null;
        try
        {
            return JsonSerializer.Deserialize(json, SqsStoreJson.Default.RedrivePolicyText) is { } text && Arn.TryParse(text.Target, out var target)
                && text.MaxReceiveCount is >= 1 and <= ReceivesMax ? new RedrivePolicy(target, text.MaxReceiveCount.Value) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Which queues may name this one as their dead-letter queue.</summary>
sealed record RedriveAllowText(string? RedrivePermission, IReadOnlyList<string>? SourceQueueArns)
{
    const int SourcesMax = 10;

    /// <returns>Null for text that is no such policy.</returns>
    public static RedriveAllowText? Parse(string json)
    {
        try
        {
            var read = JsonSerializer.Deserialize(json, RedriveJson.Default.RedriveAllowText);
            return read?.RedrivePermission switch
            {
                "allowAll" or "denyAll" when read.SourceQueueArns is null => read,
                "byQueue" when read.SourceQueueArns is { Count: > 0 and <= SourcesMax } => read,
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public bool Allows(string source) => RedrivePermission switch
    {
        "denyAll" => false,
        "byQueue" => SourceQueueArns!.Contains(source),
        _ => true,
    };
}

/// <param name="MaxReceiveCount">Clients write it as a number or as text.</param>
sealed record RedrivePolicyText(
    [property: JsonPropertyName("deadLetterTargetArn")] string? Target,
    [property: JsonPropertyName("maxReceiveCount"), JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] int? MaxReceiveCount);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RedriveAllowText))]
sealed partial class RedriveJson : JsonSerializerContext;
