using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>What CreateFunction is sent.</summary>
sealed record CreateFunctionRequest : FunctionSettings
{
    public string? FunctionName { get; init; }

    public FunctionCode? Code { get; init; }

    public string? PackageType { get; init; }

    public bool? Publish { get; init; }

    public IReadOnlyList<string>? Architectures { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public string? CodeSigningConfigArn { get; init; }

    public string? PublishTo { get; init; }

    // Only read to be refused.
    public JsonElement? TenancyConfig { get; init; }
}

sealed record UpdateFunctionConfigurationRequest : FunctionSettings
{
    public string? RevisionId { get; init; }
}

sealed record UpdateFunctionCodeRequest : FunctionCode
{
    public IReadOnlyList<string>? Architectures { get; init; }

    public bool? Publish { get; init; }

    public string? PublishTo { get; init; }

    public bool? DryRun { get; init; }

    public string? RevisionId { get; init; }
}

/// <summary>The settings that creating and updating have in common.</summary>
record FunctionSettings
{
    public string? Runtime { get; init; }

    public string? Role { get; init; }

    public string? Handler { get; init; }

    public string? Description { get; init; }

    public int? Timeout { get; init; }

    public int? MemorySize { get; init; }

    public EnvironmentWire? Environment { get; init; }

    public TracingConfigWire? TracingConfig { get; init; }

    public EphemeralStorageWire? EphemeralStorage { get; init; }

    public LoggingConfigWire? LoggingConfig { get; init; }

    public IReadOnlyList<string>? Layers { get; init; }

    public VpcConfigWire? VpcConfig { get; init; }

    public DeadLetterConfigWire? DeadLetterConfig { get; init; }

    public SnapStartWire? SnapStart { get; init; }

    public IReadOnlyList<FileSystemConfigWire>? FileSystemConfigs { get; init; }

    [JsonPropertyName("KMSKeyArn")]
    public string? KmsKeyArn { get; init; }

    // These three are only read to be refused.
    public JsonElement? ImageConfig { get; init; }

    public JsonElement? CapacityProviderConfig { get; init; }

    public JsonElement? DurableConfig { get; init; }
}

/// <summary>Where a function's code comes from; of these we take the zip itself, and S3.</summary>
record FunctionCode
{
    public byte[]? ZipFile { get; init; }

    public string? S3Bucket { get; init; }

    public string? S3Key { get; init; }

    public string? S3ObjectVersion { get; init; }

    public string? ImageUri { get; init; }

    [JsonPropertyName("SourceKMSKeyArn")]
    public string? SourceKmsKeyArn { get; init; }
}

/// <summary>The FunctionConfiguration structure, which most operations answer with.</summary>
sealed record FunctionConfigurationWire
{
    public required string FunctionName { get; init; }

    public required string FunctionArn { get; init; }

    public required string Runtime { get; init; }

    public required string Role { get; init; }

    public required string Handler { get; init; }

    public required long CodeSize { get; init; }

    public required string Description { get; init; }

    public required int Timeout { get; init; }

    public required int MemorySize { get; init; }

    public required string LastModified { get; init; }

    public required string CodeSha256 { get; init; }

    public required string Version { get; init; }

    public EnvironmentWire? Environment { get; init; }

    public required TracingConfigWire TracingConfig { get; init; }

    public required string RevisionId { get; init; }

    public string? State { get; init; }

    public string? StateReason { get; init; }

    public string? StateReasonCode { get; init; }

    public string? LastUpdateStatus { get; init; }

    public string? LastUpdateStatusReason { get; init; }

    public string? LastUpdateStatusReasonCode { get; init; }

    public required string PackageType { get; init; }

    public required string[] Architectures { get; init; }

    public required EphemeralStorageWire EphemeralStorage { get; init; }

    public required SnapStartWire SnapStart { get; init; }

    public RuntimeVersionConfigWire? RuntimeVersionConfig { get; init; }

    public IReadOnlyList<FunctionLayerWire>? Layers { get; init; }

    public DeadLetterConfigWire? DeadLetterConfig { get; init; }

    [JsonPropertyName("KMSKeyArn")]
    public string? KmsKeyArn { get; init; }

    public required LoggingConfigWire LoggingConfig { get; init; }
}

sealed record FunctionLayerWire(string Arn, long CodeSize);

sealed record GetFunctionResponse(FunctionConfigurationWire Configuration, FunctionCodeLocation Code, IReadOnlyDictionary<string, string>? Tags, ReservedConcurrencyWire? Concurrency);

sealed record ReservedConcurrencyWire(int ReservedConcurrentExecutions);

sealed record FunctionCodeLocation(string RepositoryType, string Location);

sealed record ListFunctionsResponse(IReadOnlyList<FunctionConfigurationWire> Functions, string? NextMarker);

sealed record EnvironmentWire(IReadOnlyDictionary<string, string>? Variables);

sealed record TracingConfigWire(string? Mode);

sealed record EphemeralStorageWire(int Size);

sealed record LoggingConfigWire(string? LogFormat, string? ApplicationLogLevel, string? SystemLogLevel, string? LogGroup);

sealed record SnapStartWire(string? ApplyOn, string? OptimizationStatus);

sealed record RuntimeVersionConfigWire(string RuntimeVersionArn);

sealed record VpcConfigWire(IReadOnlyList<string>? SubnetIds, IReadOnlyList<string>? SecurityGroupIds);

sealed record DeadLetterConfigWire(string? TargetArn);

sealed record FileSystemConfigWire(string? Arn, string? LocalMountPath);

/// <summary>The last event of a streamed response.</summary>
/// <param name="ErrorDetails">The error's JSON, as a plain Invoke would have answered it.</param>
/// <param name="LogResult">The end of the log in base64, when it was asked for.</param>
sealed record InvokeComplete(string? ErrorCode, string? ErrorDetails, string? LogResult);

/// <param name="Status">The HTTP status, once more.</param>
sealed record InvokeAsyncResponse(int Status);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateFunctionRequest))]
[JsonSerializable(typeof(UpdateFunctionConfigurationRequest))]
[JsonSerializable(typeof(UpdateFunctionCodeRequest))]
[JsonSerializable(typeof(FunctionConfigurationWire))]
[JsonSerializable(typeof(GetFunctionResponse))]
[JsonSerializable(typeof(ListFunctionsResponse))]
[JsonSerializable(typeof(InvokeAsyncResponse))]
[JsonSerializable(typeof(InvokeComplete))]
sealed partial class LambdaJson : JsonSerializerContext;
