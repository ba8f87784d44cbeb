using System.Text.Json.Serialization;

namespace Lambray.Server.AwsFront.XRay.AccountSettings;

/// <summary>The JSON of the operations on an account's settings.</summary>
[JsonSerializable(typeof(NoFields))]
[JsonSerializable(typeof(EmptyAnswer))]
[JsonSerializable(typeof(PutEncryptionConfigRequest))]
[JsonSerializable(typeof(EncryptionConfigAnswer))]
[JsonSerializable(typeof(PutResourcePolicyRequest))]
[JsonSerializable(typeof(PutResourcePolicyAnswer))]
[JsonSerializable(typeof(DeleteResourcePolicyRequest))]
[JsonSerializable(typeof(ListResourcePoliciesRequest))]
[JsonSerializable(typeof(ListResourcePoliciesAnswer))]
[JsonSerializable(typeof(GetIndexingRulesRequest))]
[JsonSerializable(typeof(GetIndexingRulesAnswer))]
[JsonSerializable(typeof(UpdateIndexingRuleRequest))]
[JsonSerializable(typeof(UpdateIndexingRuleAnswer))]
[JsonSerializable(typeof(UpdateTraceSegmentDestinationRequest))]
[JsonSerializable(typeof(TraceSegmentDestinationAnswer))]
sealed partial class AccountSettingsJson : JsonSerializerContext
{
    public static AccountSettingsJson Wire { get; } = new(XRayJson.NewOptions());
}

/// <summary>The request of an operation that takes nothing.</summary>
sealed record NoFields;
