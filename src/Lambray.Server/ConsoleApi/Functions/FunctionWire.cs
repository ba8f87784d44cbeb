using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Functions.ExecutionEnvironments;
using Lambray.Functions.Registry;
using Lambray.Functions.Registry.Aliases;
using Lambray.Functions.Registry.Concurrency;
using Lambray.Functions.Registry.EventInvocation;
using Lambray.Functions.Registry.Policies;
using Lambray.Resources.Iam;
using Lambray.Resources.Logs;
using Lambray.Server.AwsFront.Logs;
using Lambray.Tracing.Segments;

namespace Lambray.Server.ConsoleApi.Functions;

/// <param name="IsWhole">Whether these are all; a list has an end.</param>
sealed record FunctionList(IReadOnlyList<FunctionListItem> Functions, bool IsWhole);

/// <summary>A function in the list.</summary>
/// <param name="State">As the Lambda API writes it.</param>
/// <param name="Timeout">Seconds.</param>
/// <param name="MemorySize">Megabytes.</param>
/// <param name="Environments">Living execution environments.</param>
/// <param name="Invocations">In the range that was asked for; null in lists that are too long to count.</param>
sealed record FunctionListItem(
    string Name, string Description, string Runtime, string State, string? LastUpdateStatus, int MemorySize, int Timeout, long CodeSize, EpochMicroseconds LastModified,
    bool ActiveTracing, int Environments, double? Invocations, double? Errors, double? Throttles);

/// <summary>What can be chosen for a function.</summary>
/// <param name="Roles">ARNs of the roles that are known here.</param>
sealed record FunctionOptions(IReadOnlyList<RuntimeOption> Runtimes, IReadOnlyList<string> Roles);

/// <param name="Handler">What a first function of it usually has.</param>
sealed record RuntimeOption(string Name, string Handler);

/// <param name="Unavailable">Why it does not run here; null when it does.</param>
sealed record RuntimeAvailability(string? Unavailable);

/// <summary>A function with all that is set for it.</summary>
/// <param name="Version">The version whose settings these are.</param>
/// <param name="Reason">Why a state is not the good one.</param>
/// <param name="RecursiveLoop"><c>Terminate</c> or <c>Allow</c>.</param>
/// <param name="Sampling">How Lambda samples its requests while tracing is active.</param>
sealed record FunctionDetail(
    string Name, string Arn, string Version, FunctionSettings Settings, RoleState Role, string State, string? LastUpdateStatus, string? Reason, string CodeSha256,
    long CodeSize, EpochMicroseconds LastModified, string RevisionId, IReadOnlyDictionary<string, string> Tags, ConcurrencyDetail Concurrency,
    IReadOnlyList<VersionDetail> Versions, IReadOnlyList<AliasDetail> Aliases, IReadOnlyList<UrlDetail> Urls, IReadOnlyList<PermissionDetail> Permissions,
    IReadOnlyList<MappingDetail> EventSourceMappings, IReadOnlyList<EventHandlingDetail> AsynchronousInvocation, string RecursiveLoop, LambdaSampling Sampling);

/// <param name="MemorySize">Megabytes.</param>
/// <param name="Timeout">Seconds.</param>
/// <param name="EphemeralStorage">Megabytes of <c>/tmp</c>.</param>
/// <param name="Layers">ARNs of layer versions.</param>
sealed record FunctionSettings(
    string Runtime, string Handler, string Role, string Description, int MemorySize, int Timeout, int EphemeralStorage, string Architecture,
    IReadOnlyDictionary<string, string> Variables, bool ActiveTracing, IReadOnlyList<string> Layers, string LogFormat, string LogGroup, string? ApplicationLogLevel,
    string? SystemLogLevel, string? DeadLetterTarget);

/// <summary>An execution role as far as a function needs it.</summary>
/// <param name="IsKnown">Whether this server has it; permissions of others are not checked.</param>
sealed record RoleState(bool IsKnown, IReadOnlyList<string> Policies, bool MayTrace, bool MayLog)
{
    public static RoleState Of(FunctionModel model, RolePermissions permissions, IamDirectory iam)
    {
        var role = Arn.TryParse(model.Role, out var arn) ? iam.FindRole(arn) : null;
        IReadOnlyList<string> policies = role is null ? [] :
            [.. iam.ListAttachedRolePolicies(role.RoleName).Select(policy => policy.Arn.ToString()), .. iam.ListRolePolicies(role.RoleName)];
        return new RoleState(
            role is not null, policies, permissions.Allows(model, "xray:PutTraceSegments", "*") && permissions.Allows(model, "xray:PutTelemetryRecords", "*"),
            permissions.Allows(model, "logs:PutLogEvents", "*"));
    }
}

/// <param name="Reserved">Null while the function shares the account's.</param>
/// <param name="Unreserved">What functions without a reservation share.</param>
/// <param name="Running">Invocations at work now.</param>
sealed record ConcurrencyDetail(int? Reserved, int Unreserved, int Running, IReadOnlyList<ProvisionedDetail> Provisioned);

sealed record ProvisionedDetail(string Qualifier, int Requested, int Allocated, int Available, string Status, string? Reason)
{
    public static ProvisionedDetail Of(string qualifier, ProvisionedConcurrency asked, ProvisionedReadiness ready) =>
        new(qualifier, asked.Requested, ready.Allocated, ready.Available, ready.Status.ToString(), ready.Reason);
}

sealed record VersionDetail(string Version, string Description, string CodeSha256, EpochMicroseconds LastModified);

/// <param name="SecondWeight">The part of the invocations that goes to the second version, 0 to 1.</param>
sealed record AliasDetail(string Name, string FunctionVersion, string Description, string? SecondVersion, double? SecondWeight)
{
    public static AliasDetail Of(Alias alias) => new(alias.Name, alias.FunctionVersion, alias.Description, alias.Routing?.Version, alias.Routing?.Weight);
}

/// <param name="Path">Below this server's own address.</param>
/// <param name="Host">By this name it is reached too, at this server's port.</param>
sealed record UrlDetail(string Qualifier, string Path, string Host, string AuthType, string InvokeMode, IReadOnlyList<string> AllowOrigins);

/// <summary>A statement of a resource policy.</summary>
sealed record PermissionDetail(string Qualifier, string StatementId, string Action, string Principal, string? SourceArn, string? SourceAccount, string? FunctionUrlAuthType)
{
    public static PermissionDetail Of(string qualifier, PolicyStatement statement) => new(
        qualifier, statement.StatementId, statement.Action, statement.Principal, statement.SourceArn, statement.SourceAccount, statement.FunctionUrlAuthType);
}

/// <summary>How asynchronous events are retried, and where their outcomes go.</summary>
sealed record EventHandlingDetail(string Qualifier, int? MaximumRetryAttempts, int? MaximumEventAgeInSeconds, string? OnSuccess, string? OnFailure)
{
    public static EventHandlingDetail Of(string qualifier, EventInvokeConfig config) =>
        new(qualifier, config.MaximumRetryAttempts, config.MaximumEventAgeInSeconds, config.OnSuccess, config.OnFailure);
}

/// <summary>So many requests of each minute and function, and a fraction of the others.</summary>
sealed record LambdaSampling(int FirstPerMinute, double Rate);

/// <summary>A function's metrics over a range of time.</summary>
sealed record FunctionCharts(EpochMicroseconds Start, EpochMicroseconds End, Microseconds Period, IReadOnlyList<ChartLine> Lines);

/// <param name="Statistic">As CloudWatch names it: Sum, Average, p99.</param>
sealed record ChartLine(string Metric, string Statistic, string Unit, IReadOnlyList<ChartPoint> Points);

/// <param name="Time">The start of the period.</param>
sealed record ChartPoint(EpochMicroseconds Time, double Value);

/// <param name="IsWhole">Whether no older line fits.</param>
sealed record LogLines(IReadOnlyList<LogLine> Lines, bool IsWhole);

/// <param name="Id">Its place in the log.</param>
sealed record LogLine(string Id, EpochMicroseconds Time, string Stream, string Message)
{
    public static LogLine Of(StoredEvent item) =>
        new(item.Position.ToString(), DateTimeOffset.FromUnixTimeMilliseconds(item.Timestamp), item.Stream, ReadOperations.TextOf(item).TrimEnd('\n'));
}

/// <param name="EnvironmentsMax">How many may live at once, over all functions.</param>
/// <param name="MemoryMax">How many megabytes their memory sizes may add up to.</param>
sealed record EnvironmentList(IReadOnlyList<EnvironmentItem> Environments, int EnvironmentsMax, int Living, int MemoryMax, int Memory);

/// <summary>A living execution environment.</summary>
/// <param name="Started">When its first processes were started.</param>
/// <param name="Invocations">How many it was given so far.</param>
/// <param name="MemorySize">Megabytes that the function was promised.</param>
/// <param name="MemoryBytes">What its processes use; null where the machine cannot tell.</param>
sealed record EnvironmentItem(
    string Id, string Function, string Version, EnvironmentState State, EpochMicroseconds StateSince,
    EpochMicroseconds Started, int Invocations, int MemorySize, long? MemoryBytes, bool IsProvisioned);

/// <param name="CountMax">How many a function may have.</param>
sealed record TestEventList(IReadOnlyList<SavedEvent> Events, int CountMax);

/// <param name="Event">JSON.</param>
sealed record SavedEvent(string Name, string Event, EpochMicroseconds LastModified);

/// <summary>What came of a test.</summary>
/// <param name="Payload">Null for an event that is handled later.</param>
/// <param name="Took">As its caller waited.</param>
/// <param name="Log">All that the invocation has logged.</param>
sealed record FunctionRun(
    string RequestId, TraceId TraceId, EpochMicroseconds Started, string? ExecutedVersion, string? FunctionError, string? Payload, Microseconds? Took, IReadOnlyList<LogLine> Log);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FunctionList))]
[JsonSerializable(typeof(FunctionOptions))]
[JsonSerializable(typeof(RuntimeAvailability))]
[JsonSerializable(typeof(FunctionDetail))]
[JsonSerializable(typeof(FunctionCharts))]
[JsonSerializable(typeof(LogLines))]
[JsonSerializable(typeof(EnvironmentList))]
[JsonSerializable(typeof(TestEventList))]
[JsonSerializable(typeof(FunctionRun))]
[JsonSerializable(typeof(NewFunction))]
[JsonSerializable(typeof(NewCode))]
[JsonSerializable(typeof(FunctionSettingsChange))]
[JsonSerializable(typeof(FunctionChanged))]
[JsonSerializable(typeof(ConcurrencyChange))]
[JsonSerializable(typeof(EventHandlingChange))]
[JsonSerializable(typeof(NewVersion))]
[JsonSerializable(typeof(AliasChange))]
[JsonSerializable(typeof(UrlChange))]
[JsonSerializable(typeof(NewPermission))]
[JsonSerializable(typeof(TagsChange))]
[JsonSerializable(typeof(EventText))]
[JsonSerializable(typeof(RunAsked))]
sealed partial class FunctionsJson : JsonSerializerContext;
