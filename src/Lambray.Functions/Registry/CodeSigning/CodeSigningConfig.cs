using System.Text.Json.Serialization;

namespace Lambray.Functions.Registry.CodeSigning;

/// <summary>Whose signature a function's code must have ("Using code signing to verify code integrity" in the Developer Guide).</summary>
/// <param name="UntrustedArtifactOnDeployment"><c>Warn</c> or <c>Enforce</c>.</param>
public sealed record CodeSigningConfig(
    string Id, string Arn, string Description, IReadOnlyList<string> SigningProfileVersionArns, string UntrustedArtifactOnDeployment, DateTimeOffset LastModified)
{
    public IReadOnlyDictionary<string, string> Tags { get => field ?? new Dictionary<string, string>(); init; }
}

/// <summary>What a caller asks for; null means "not said".</summary>
public sealed record CodeSigningSettings(string? Description, IReadOnlyList<string>? SigningProfileVersionArns, string? UntrustedArtifactOnDeployment)
{
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CodeSigningConfig))]
sealed partial class CodeSigningJson : JsonSerializerContext;
