using System.Text.Json.Serialization;
using Lambray.Functions.Registry.Policies;

namespace Lambray.Functions.Registry.Layers;

/// <summary>One version of a layer: files that functions find under <c>/opt</c>. It never changes, and its number is never given again.</summary>
/// <param name="LayerArn">The layer's, without the version.</param>
/// <param name="Content">What <c>/opt</c> gets.</param>
/// <param name="CompatibleRuntimes">As published; null when nothing was said, which AWS tells apart from an empty list.</param>
public sealed record LayerVersion(
    string Name, long Version, string LayerArn, CodePackage Content, DateTimeOffset Created, string Description, string? LicenseInfo,
    IReadOnlyList<string>? CompatibleRuntimes, IReadOnlyList<string>? CompatibleArchitectures)
{
    [JsonIgnore]
    public string Arn => $"{LayerArn}:{Version}";

    /// <summary>Whether it is said to suit; a layer that says nothing of runtimes or architectures suits none that are asked for.</summary>
    public bool Suits(string? runtime, string? architecture) =>
        (runtime is null || CompatibleRuntimes?.Contains(runtime) == true)
        && (architecture is null || CompatibleArchitectures?.Contains(architecture) == true);
}

/// <summary>What is asked for in PublishLayerVersion, beside the content.</summary>
public sealed record LayerConfig(string? Description, string? LicenseInfo, IReadOnlyList<string>? CompatibleRuntimes, IReadOnlyList<string>? CompatibleArchitectures);

/// <summary>A layer as a function uses it; it stays usable when the version is deleted.</summary>
/// <param name="Arn">With the version.</param>
public sealed record FunctionLayer(string Arn, CodePackage Content);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LayerVersion))]
[JsonSerializable(typeof(ResourcePolicy))]
sealed partial class LayerJson : JsonSerializerContext;
