using Lambray.Aws;
using Lambray.Functions.Registry;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>Between the wire's structures and the registry's.</summary>
static class FunctionTranslation
{
    public static FunctionConfig ToConfig(this FunctionSettings settings) => new()
    {
        Runtime = settings.Runtime,
        Role = settings.Role,
        Handler = settings.Handler,
        Description = settings.Description,
        Timeout = settings.Timeout,
        MemorySize = settings.MemorySize,
        Variables = settings.Environment is { } environment ? environment.Variables ?? new Dictionary<string, string>() : null,
        TracingMode = settings.TracingConfig?.Mode,
        EphemeralStorage = settings.EphemeralStorage?.Size,
        Layers = settings.Layers,
        LogFormat = settings.LoggingConfig?.LogFormat,
        LogGroup = settings.LoggingConfig?.LogGroup,
        ApplicationLogLevel = settings.LoggingConfig?.ApplicationLogLevel,
        SystemLogLevel = settings.LoggingConfig?.SystemLogLevel,
        DeadLetterTarget = settings.DeadLetterConfig is { } deadLetters ? deadLetters.TargetArn ?? "" : null,
        KmsKeyArn = settings.KmsKeyArn,
        SnapStart = settings.SnapStart?.ApplyOn,
    };

    public static FunctionConfig ToConfig(this CreateFunctionRequest request) => ((FunctionSettings)request).ToConfig() with
    {
        Architectures = request.Architectures,
        Tags = request.Tags,
        CodeSigningConfigArn = request.CodeSigningConfigArn,
    };

    /// <param name="arn">As the caller named the function: with a qualifier or without.</param>
    public static FunctionConfigurationWire ToWire(this FunctionModel model, string arn, AwsHome home)
    {
        var updating = model.State == FunctionState.Active;
        return new FunctionConfigurationWire
        {
            FunctionName = model.Name,
            FunctionArn = arn,
            Runtime = model.Runtime,
            Role = model.Role,
            Handler = model.Handler,
            CodeSize = model.CodeSize,
            Description = model.Description,
            Timeout = model.Timeout,
            MemorySize = model.MemorySize,
            LastModified = LambdaRequest.Timestamp(model.LastModified),
            CodeSha256 = model.CodeSha256,
            Version = model.Version,
            Environment = model.Variables is { } variables ? new EnvironmentWire(variables) : null,
            TracingConfig = new TracingConfigWire(model.TracingMode.ToString()),
            RevisionId = model.RevisionId.ToString(),
            State = model.State.ToString(),
            StateReason = updating ? null : model.Reason,
            StateReasonCode = updating ? null : model.ReasonCode,
            LastUpdateStatus = model.LastUpdateStatus?.ToString(),
            LastUpdateStatusReason = updating ? model.Reason : null,
            LastUpdateStatusReasonCode = updating ? model.ReasonCode : null,
            PackageType = "Zip",
            Architectures = [model.Architecture],
            EphemeralStorage = new EphemeralStorageWire(model.EphemeralStorage),
            // No snapshot is ever made, which is what Off says.
            SnapStart = new SnapStartWire(model.SnapStart, "Off"),
            DeadLetterConfig = model.DeadLetterTarget is { } target ? new DeadLetterConfigWire(target) : null,
            KmsKeyArn = model.KmsKeyArn,
            RuntimeVersionConfig = new RuntimeVersionConfigWire(RuntimeVersion.ArnOf(model.Runtime, home)),
            Layers = model.Layers is [] ? null : [.. model.Layers.Select(layer => new FunctionLayerWire(layer.Arn, layer.Content.Size))],
            LoggingConfig = new LoggingConfigWire(model.LogFormat, model.ApplicationLogLevel, model.SystemLogLevel, model.LogGroup),
        };
    }

    /// <summary>In a list a function comes without its states and its runtime's version (recorded).</summary>
    public static FunctionConfigurationWire ToListedWire(this FunctionModel model, string arn, AwsHome home) => model.ToWire(arn, home) with
    {
        State = null,
        StateReason = null,
        StateReasonCode = null,
        LastUpdateStatus = null,
        LastUpdateStatusReason = null,
        LastUpdateStatusReasonCode = null,
        RuntimeVersionConfig = null,
    };
}
