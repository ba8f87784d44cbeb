using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lambray.Server.AwsFront.EventBridge;

/// <summary>The JSON of EventBridge, made at compile time: names as they are, absent fields left out.</summary>
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(BusRequest))]
[JsonSerializable(typeof(BusAnswer))]
[JsonSerializable(typeof(ListBusesAnswer))]
[JsonSerializable(typeof(PermissionRequest))]
[JsonSerializable(typeof(RuleRequest))]
[JsonSerializable(typeof(RuleAnswer))]
[JsonSerializable(typeof(RuleArnAnswer))]
[JsonSerializable(typeof(ListRulesAnswer))]
[JsonSerializable(typeof(RuleNamesAnswer))]
[JsonSerializable(typeof(TargetsRequest))]
[JsonSerializable(typeof(RemoveTargetsRequest))]
[JsonSerializable(typeof(FailedTargetsAnswer))]
[JsonSerializable(typeof(ListTargetsAnswer))]
[JsonSerializable(typeof(PutEventsRequest))]
[JsonSerializable(typeof(PutEventsAnswer))]
[JsonSerializable(typeof(TestPatternRequest))]
[JsonSerializable(typeof(TestPatternAnswer))]
[JsonSerializable(typeof(EventTagsRequest))]
[JsonSerializable(typeof(EventTagsAnswer))]
sealed partial class EventBridgeJson : JsonSerializerContext
{
    /// <summary>As AWS writes it: quotes inside a string, which patterns are full of, as <c>\"</c>.</summary>
    public static EventBridgeJson Wire { get; } = new(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

/// <summary>A tag.</summary>
sealed record EventTag(string? Key, string? Value);
