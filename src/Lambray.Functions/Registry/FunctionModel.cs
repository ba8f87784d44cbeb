using System.Text.Json.Serialization;
using Lambray.Functions.Registry.Layers;

namespace Lambray.Functions.Registry;

/// <summary>A function as it stands: validated, immutable, replaced whole by every change.</summary>
public sealed record FunctionModel
{
    /// <summary>Megabytes, and the least that can be asked for.</summary>
    public const int EphemeralStorageDefault = 512;

    public required string Name { get; init; }

    /// <summary>The function's, without a version.</summary>
    public required string Arn { get; init; }

    /// <summary><c>$LATEST</c>, or the number under which it was published.</summary>
    public string Version { get => field ?? FunctionName.Latest; init; }

    [JsonIgnore]
    public string QualifiedArn => $"{Arn}:{Version}";

    public required string Runtime { get; init; }

    public required string Role { get; init; }

    public required string Handler { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Seconds.</summary>
    public int Timeout { get; init; } = 3;

    /// <summary>Megabytes.</summary>
    public int MemorySize { get; init; } = 128;

    /// <summary>Null when none were ever given, which AWS tells apart from an empty map.</summary>
    public IReadOnlyDictionary<string, string>? Variables { get; init; }

    public TracingMode TracingMode { get; init; } = TracingMode.PassThrough;

    public string Architecture { get; init; } = "x86_64";

    /// <summary>Megabytes of <c>/tmp</c>.</summary>
    public int EphemeralStorage { get; init; } = EphemeralStorageDefault;

    /// <summary>What is under <c>/opt</c>, the last over the others.</summary>
    public IReadOnlyList<FunctionLayer> Layers { get => field ?? []; init; } = [];

    public string LogFormat { get; init; } = "Text";

    public required string LogGroup { get; init; }

    /// <summary>The least severe lines of the function's own that are kept, with the log format JSON.</summary>
    public string? ApplicationLogLevel { get; init; }

    /// <summary>The least severe lines of Lambda's that are kept, with the log format JSON.</summary>
    public string? SystemLogLevel { get; init; }

    /// <summary>ARN of the queue or topic that asynchronous events go to when they are given up.</summary>
    public string? DeadLetterTarget { get; init; }

    public string? KmsKeyArn { get; init; }

    /// <summary><c>None</c> or <c>PublishedVersions</c>.</summary>
    public string SnapStart { get => field ?? "None"; init; }

    /// <summary>Base64 of the SHA-256 of the uploaded zip.</summary>
    public required string CodeSha256 { get; init; }

    public required long CodeSize { get; init; }

    public required DateTimeOffset LastModified { get; init; }

    /// <summary>New at each change, so that two editors notice each other.</summary>
    public required Guid RevisionId { get; init; }

    /// <summary>New whenever running environments would no longer fit: the code or what they were started with has changed.</summary>
    public required Guid EnvironmentRevision { get; init; }

    public required FunctionState State { get; init; }

    public UpdateStatus? LastUpdateStatus { get; init; }

    /// <summary>Why <see cref="State"/> or <see cref="LastUpdateStatus"/> is not the good one.</summary>
    public string? Reason { get; init; }

    public string? ReasonCode { get; init; }

    [JsonIgnore]
    public bool IsBeingPrepared => State == FunctionState.Pending || LastUpdateStatus == UpdateStatus.InProgress;

    /// <summary>The packages that it needs: its own and its layers'.</summary>
    [JsonIgnore]
    public IEnumerable<string> CodeUses => Layers.Select(layer => layer.Content.Sha256).Prepend(CodeSha256);

    /// <summary>The model that invocations use while an update of this one is being prepared.</summary>
    public FunctionModel? Previous { get; init; }
}

public enum TracingMode
{
    /// <summary>Traced only when the caller's trace header says so.</summary>
    PassThrough,

    /// <summary>Lambda decides for requests that come without a decision.</summary>
    Active,
}

/// <summary>"Lambda function states" in the Lambda Developer Guide, as far as a local function can be in them.</summary>
public enum FunctionState
{
    Pending,
    Active,
    Failed,
}

public enum UpdateStatus
{
    InProgress,
    Successful,
    Failed,
}
