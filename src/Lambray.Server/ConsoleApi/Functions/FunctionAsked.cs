using Lambray.Functions.Registry;

namespace Lambray.Server.ConsoleApi.Functions;

// What pages send. Null means "not said", as in the Lambda API, by whose rules all of it is judged.

/// <param name="Role">ARN of an execution role; null has one made.</param>
/// <param name="Zip">The package itself; else it is taken from S3.</param>
sealed record NewFunction(
    string? Name, string? Runtime, string? Handler, string? Role, string? Description, int? MemorySize, int? Timeout, string? Architecture,
    IReadOnlyDictionary<string, string>? Variables, bool ActiveTracing, byte[]? Zip, string? S3Bucket, string? S3Key)
{
    public FunctionConfig ToConfig(string role) => new()
    {
        Runtime = Runtime,
        Handler = Handler,
        Role = role,
        Description = Description,
        MemorySize = MemorySize,
        Timeout = Timeout,
        Architectures = Architecture is { } architecture ? [architecture] : null,
        Variables = Variables,
        TracingMode = (ActiveTracing ? TracingMode.Active : TracingMode.PassThrough).ToString(),
    };
}

sealed record NewCode(byte[]? Zip, string? S3Bucket, string? S3Key, string? RevisionId);

/// <param name="DeadLetterTarget">Empty for none.</param>
/// <param name="RevisionId">The one that the page showed, so that nobody's change is lost.</param>
sealed record FunctionSettingsChange(
    string? Runtime, string? Handler, string? Role, string? Description, int? MemorySize, int? Timeout, int? EphemeralStorage,
    IReadOnlyDictionary<string, string>? Variables, bool? ActiveTracing, IReadOnlyList<string>? Layers, string? LogFormat, string? LogGroup,
    string? ApplicationLogLevel, string? SystemLogLevel, string? DeadLetterTarget, string? RevisionId)
{
    public FunctionConfig ToConfig() => new()
    {
        Runtime = Runtime,
        Handler = Handler,
        Role = Role,
        Description = Description,
        MemorySize = MemorySize,
        Timeout = Timeout,
        EphemeralStorage = EphemeralStorage,
        Variables = Variables,
        TracingMode = ActiveTracing is { } active ? (active ? TracingMode.Active : TracingMode.PassThrough).ToString() : null,
        Layers = Layers,
        LogFormat = LogFormat,
        LogGroup = LogGroup,
        ApplicationLogLevel = ApplicationLogLevel,
        SystemLogLevel = SystemLogLevel,
        DeadLetterTarget = DeadLetterTarget,
    };
}

/// <summary>What became of a change.</summary>
sealed record FunctionChanged(string Name, string RevisionId)
{
    /// <summary>ARN of the policy that the execution role was given, as active tracing needs it; null when it needed none.</summary>
    public string? AttachedPolicy { get; init; }

    /// <summary>ARN of the role that was made.</summary>
    public string? CreatedRole { get; init; }

    public static FunctionChanged Of(FunctionModel model) => new(model.Name, model.RevisionId.ToString());
}

/// <param name="Concurrency">Null for none of its own.</param>
sealed record ConcurrencyChange(int? Concurrency);

sealed record EventHandlingChange(int? MaximumRetryAttempts, int? MaximumEventAgeInSeconds, string? OnSuccess, string? OnFailure);

sealed record NewVersion(string? Description);

sealed record AliasChange(string? FunctionVersion, string? Description, string? SecondVersion, double? SecondWeight);

sealed record UrlChange(string? AuthType, string? InvokeMode, IReadOnlyList<string>? AllowOrigins);

/// <summary>Lets somebody invoke the function.</summary>
/// <param name="Principal">A service, an account, a role or user; <c>*</c> for everybody.</param>
/// <param name="SourceArn">Null for a service whichever resource it acts for.</param>
sealed record NewPermission(string? StatementId, string? Action, string? Principal, string? SourceArn, string? SourceAccount);

sealed record TagsChange(IReadOnlyDictionary<string, string> Tags);

/// <param name="Event">JSON.</param>
sealed record EventText(string? Event);

/// <param name="Event">JSON; none counts as an empty object.</param>
/// <param name="Qualifier">A version or an alias.</param>
sealed record RunAsked(string? Event, string? Qualifier, bool Asynchronous);
