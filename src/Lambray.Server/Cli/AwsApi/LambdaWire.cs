using Lambray.Tracing.Segments;

namespace Lambray.Server.Cli.AwsApi;

/// <summary>What is read of Lambda's description of a function.</summary>
public sealed record FunctionConfiguration(string FunctionName, string FunctionArn, string? CodeSha256)
{
    public string? State { get; init; }

    public string? StateReason { get; init; }

    public string? LastUpdateStatus { get; init; }

    public string? LastUpdateStatusReason { get; init; }

    public LoggingConfig? LoggingConfig { get; init; }
}

public sealed record LoggingConfig(string? LogGroup);

public sealed record GetFunctionAnswer(FunctionConfiguration Configuration);

public sealed record FunctionCode(byte[] ZipFile);

public sealed record FunctionEnvironment(IReadOnlyDictionary<string, string> Variables);

public sealed record TracingConfig(string Mode);

public sealed record CreateFunctionRequest(
    string FunctionName, string Runtime, string Role, string Handler, FunctionCode Code, int Timeout, int MemorySize,
    FunctionEnvironment? Environment, TracingConfig TracingConfig);

public sealed record UpdateFunctionCodeRequest(byte[] ZipFile);

/// <summary>What is null stays as it is.</summary>
public sealed record UpdateFunctionConfigurationRequest(
    string Role, string? Description, int Timeout, int MemorySize, FunctionEnvironment? Environment, TracingConfig TracingConfig)
{
    public string? Runtime { get; init; }

    public string? Handler { get; init; }
}

/// <summary>What came of an invocation.</summary>
/// <param name="FunctionError">Set when the function failed; the payload then tells the error.</param>
public sealed record Invocation(int StatusCode, string? FunctionError, TraceId Trace, ReadOnlyMemory<byte> Payload);
