namespace Lambray.Functions.Registry;

/// <summary>What a caller asks of a function, in CreateFunction or UpdateFunctionConfiguration; null means "not said".</summary>
public sealed record FunctionConfig
{
    public string? Runtime { get; init; }

    public string? Role { get; init; }

    public string? Handler { get; init; }

    public string? Description { get; init; }

    /// <summary>Seconds, 1 to 900.</summary>
    public int? Timeout { get; init; }

    /// <summary>Megabytes, 128 to 10,240.</summary>
    public int? MemorySize { get; init; }

    public IReadOnlyDictionary<string, string>? Variables { get; init; }

    /// <summary><c>Active</c> or <c>PassThrough</c>.</summary>
    public string? TracingMode { get; init; }

    public IReadOnlyList<string>? Architectures { get; init; }

    /// <summary>Megabytes of <c>/tmp</c>, 512 to 10,240.</summary>
    public int? EphemeralStorage { get; init; }

    /// <summary>ARNs of layer versions, the last over the others.</summary>
    public IReadOnlyList<string>? Layers { get; init; }

    public string? LogFormat { get; init; }

    public string? LogGroup { get; init; }

    public string? ApplicationLogLevel { get; init; }

    public string? SystemLogLevel { get; init; }

    /// <summary>ARN of a queue or topic; empty for none.</summary>
    public string? DeadLetterTarget { get; init; }

    /// <summary>Empty for none.</summary>
    public string? KmsKeyArn { get; init; }

    /// <summary><c>PublishedVersions</c> or <c>None</c>.</summary>
    public string? SnapStart { get; init; }

    public string? CodeSigningConfigArn { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}
