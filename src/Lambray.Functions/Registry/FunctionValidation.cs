using System.Text;
using System.Text.RegularExpressions;

namespace Lambray.Functions.Registry;

/// <summary>The limits of the Lambda API on a function's configuration ("Lambda quotas" in the Developer Guide and the API model).</summary>
static partial class FunctionValidation
{
    const string RolePattern = @"arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+";
    const string ResourceArnPattern = @"(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()";
    const int VariablesBytesMax = 4096;
    const int TimeoutMax = 900;
    const int MemorySizeMin = 128;
    const int MemorySizeMax = 10_240;
    const int EphemeralStorageMax = 10_240;

    // AWS_LAMBDA_* and the like are Lambda's own; "Defined runtime environment variables" in the Developer Guide.
    static readonly HashSet<string> ReservedVariables =
    [
        "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
        "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR", "AWS_LAMBDA_MAX_CONCURRENCY", "AWS_LAMBDA_METADATA_API",
        "AWS_LAMBDA_METADATA_TOKEN",
    ];

    public const string MustBeArchitecture = "Member must satisfy enum value set: [x86_64, arm64]";
    public const string MustBeArchitectures = $"Member must satisfy constraint: [{MustBeArchitecture}, Member must not be null]";

    public static bool IsArchitecture(string name) => name is "x86_64" or "arm64";

    /// <exception cref="Aws.AwsException">The first kind of limit that is broken, in AWS's words.</exception>
    public static void Check(FunctionConfig config)
    {
        CheckConstraints(config);
        if (config.Runtime is { } runtime) ManagedRuntimes.RequireKnown(runtime);
        if (config.Variables is { } variables) CheckVariables(variables);
        TagLimits.Check(config.Tags);
    }

    /// <summary>What depends on settings that a function has from before.</summary>
    /// <exception cref="Aws.AwsException">InvalidParameterValueException.</exception>
    public static void Check(FunctionModel model)
    {
        if (model.SnapStart != "None" && !ManagedRuntimes.HasSnapStart(model.Runtime))
            throw LambdaErrors.InvalidParameter($"{model.Runtime} is not supported for SnapStart enabled functions.");
        if (model.DeadLetterTarget is { } target && Aws.Arn.TryParse(target, out var arn) && arn.Service is not ("sqs" or "sns"))
            throw LambdaErrors.InvalidParameter($"Invalid value given for DeadLetterConfig. ARN of SQS queue or SNS topic expected, but was '{target}'.");
        if (FifoTargets.IsFifo(model.DeadLetterTarget))
            throw LambdaErrors.InvalidParameter($"Invalid value given for DeadLetterConfig. FIFO queues and topics are not supported, but was '{model.DeadLetterTarget}'.");
    }

    static void CheckConstraints(FunctionConfig config)
    {
        var validation = new Validation()
            .RequireLength(config.Handler, "handler", 0, 128)
            .RequireLength(config.Description, "description", 0, 256)
            .RequireRange(config.Timeout, "timeout", 1, TimeoutMax)
            .RequireRange(config.MemorySize, "memorySize", MemorySizeMin, MemorySizeMax)
            .RequireRange(config.EphemeralStorage, "ephemeralStorage.size", FunctionModel.EphemeralStorageDefault, EphemeralStorageMax);
        if (config.Role is { } role)
            validation.Require(RoleRegex().IsMatch(role), role, "role", $"Member must satisfy regular expression pattern: {RolePattern}");
        if (config.Handler is { } handler)
            validation.Require(!handler.Any(char.IsWhiteSpace), handler, "handler", @"Member must satisfy regular expression pattern: [^\s]+");
        if (config.TracingMode is { } mode)
            validation.Require(mode is "Active" or "PassThrough", mode, "tracingConfig.mode", "Member must satisfy enum value set: [Active, PassThrough]");
        if (config.DeadLetterTarget is { Length: > 0 } target)
            validation.Require(ArnRegex().IsMatch(target), target, "deadLetterConfig.targetArn", $"Member must satisfy regular expression pattern: {ResourceArnPattern}");
        if (config.KmsKeyArn is { Length: > 0 } key)
            validation.Require(ArnRegex().IsMatch(key), key, "kMSKeyArn", $"Member must satisfy regular expression pattern: {ResourceArnPattern}");
        validation.Require(config.SnapStart is null or "PublishedVersions" or "None", config.SnapStart, "snapStart.applyOn",
            "Member must satisfy enum value set: [PublishedVersions, None]");
        LoggingValidation.CheckConstraints(validation, config);
        if (config.Architectures is { } architectures) CheckArchitectures(validation, architectures);
        validation.ThrowIfAny();
    }

    static void CheckArchitectures(Validation validation, IReadOnlyList<string> architectures)
    {
        var text = $"[{string.Join(", ", architectures)}]";
        validation.Require(architectures.Count == 1, text, "architectures",
            architectures.Count == 0 ? "Member must have length greater than or equal to 1" : "Member must have length less than or equal to 1");
        validation.Require(architectures.All(IsArchitecture), text, "architectures", MustBeArchitectures);
    }

    static void CheckVariables(IReadOnlyDictionary<string, string> variables)
    {
        foreach (var (name, value) in variables)
        {
            // JSON's null gets past the type that says there is none.
            if (value is null)
                new Validation().Require(false, $"{{{name}=null}}", "environment.variables", "Map value must satisfy constraint: [Member must not be null]").ThrowIfAny();
            if (!VariableNameRegex().IsMatch(name))
                new Validation().Require(false, name, "environment.variables",
                    "Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]").ThrowIfAny();
            if (ReservedVariables.Contains(name))
                throw LambdaErrors.InvalidParameter(
                    "Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys " +
                    $"that are currently not supported for modification. Reserved keys used in this request: {name}");
        }
        // As recorded: what is measured is their JSON, quotes and all.
        var measured = Measured(variables);
        if (Encoding.UTF8.GetByteCount(measured) > VariablesBytesMax)
            throw LambdaErrors.InvalidParameter(
                "Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. " +
                $"String measured: {measured}");
    }

    static string Measured(IReadOnlyDictionary<string, string> variables) =>
        "{" + string.Join(',', variables.Select(variable => $"\"{variable.Key}\":\"{variable.Value}\"")) + "}";

    [GeneratedRegex($@"^{RolePattern}\z")]
    private static partial Regex RoleRegex();

    [GeneratedRegex(@"^arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*\z")]
    private static partial Regex ArnRegex();

    [GeneratedRegex(@"^[a-zA-Z]([a-zA-Z0-9_])+\z")]
    private static partial Regex VariableNameRegex();
}
