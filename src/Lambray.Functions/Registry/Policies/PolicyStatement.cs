using System.Text.Json.Serialization;

namespace Lambray.Functions.Registry.Policies;

/// <summary>One permission that AddPermission or AddLayerVersionPermission gave; null is what was not said.</summary>
/// <param name="Principal">A service, an account, an ARN or <c>*</c>, as it was given.</param>
public sealed record PolicyStatement(string StatementId, string Action, string Principal)
{
    public string? SourceArn { get; init; }

    public string? SourceAccount { get; init; }

    public string? EventSourceToken { get; init; }

    public string? OrganizationId { get; init; }

    /// <summary><c>NONE</c> or <c>AWS_IAM</c>: the permission is for function URLs of this kind.</summary>
    public string? FunctionUrlAuthType { get; init; }

    public bool? InvokedViaFunctionUrl { get; init; }

    [JsonIgnore]
    public bool HasConditions => (SourceArn ?? SourceAccount ?? EventSourceToken ?? OrganizationId ?? FunctionUrlAuthType) is not null || InvokedViaFunctionUrl is not null;
}
