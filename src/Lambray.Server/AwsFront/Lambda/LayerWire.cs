using System.Text.Json.Serialization;

namespace Lambray.Server.AwsFront.Lambda;

sealed record PublishLayerVersionRequest(
    LayerContentRequest? Content, string? Description, string? LicenseInfo, IReadOnlyList<string>? CompatibleRuntimes,
    IReadOnlyList<string>? CompatibleArchitectures);

/// <summary>Where a layer's content comes from.</summary>
sealed record LayerContentRequest(byte[]? ZipFile, string? S3Bucket, string? S3Key, string? S3ObjectVersion);

/// <summary>What PublishLayerVersion and GetLayerVersion answer.</summary>
sealed record LayerVersionWire(
    LayerContentWire Content, string LayerArn, string LayerVersionArn, string Description, string CreatedDate, long Version,
    IReadOnlyList<string>? CompatibleRuntimes, string? LicenseInfo, IReadOnlyList<string>? CompatibleArchitectures);

sealed record LayerContentWire(string Location, string CodeSha256, long CodeSize);

sealed record ListedLayerVersionWire(
    string LayerVersionArn, long Version, string Description, string CreatedDate, IReadOnlyList<string>? CompatibleRuntimes, string? LicenseInfo,
    IReadOnlyList<string>? CompatibleArchitectures);

sealed record ListedLayerWire(string LayerName, string LayerArn, ListedLayerVersionWire LatestMatchingVersion);

sealed record ListLayersResponse(IReadOnlyList<ListedLayerWire> Layers, string? NextMarker);

sealed record ListLayerVersionsResponse(IReadOnlyList<ListedLayerVersionWire> LayerVersions, string? NextMarker);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PublishLayerVersionRequest))]
[JsonSerializable(typeof(LayerVersionWire))]
[JsonSerializable(typeof(ListLayersResponse))]
[JsonSerializable(typeof(ListLayerVersionsResponse))]
sealed partial class LayerJson : JsonSerializerContext;
