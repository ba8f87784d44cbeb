using System.Text.RegularExpressions;
using Lambray.Aws;

namespace Lambray.Functions.Registry;

/// <summary>What AWS allows of a function's logging ("Configuring advanced logging controls" in the Developer Guide), and what comes of a change.</summary>
static partial class LoggingValidation
{
    const string Json = "JSON";
    const string LevelDefault = "INFO";
    const string GroupPattern = @"[\.\-_/#A-Za-z0-9]+";
    const int GroupLengthMax = 512;

    /// <summary>Adds to the constraints that a configuration breaks.</summary>
    public static void CheckConstraints(Validation validation, FunctionConfig config)
    {
        validation
            .Require(config.LogFormat is null or Json or "Text", config.LogFormat, "loggingConfig.logFormat", "Member must satisfy enum value set: [JSON, Text]")
            .Require(config.ApplicationLogLevel is null or "TRACE" or "DEBUG" or "INFO" or "WARN" or "ERROR" or "FATAL", config.ApplicationLogLevel,
                "loggingConfig.applicationLogLevel", "Member must satisfy enum value set: [TRACE, DEBUG, INFO, WARN, ERROR, FATAL]")
            .Require(config.SystemLogLevel is null or "DEBUG" or "INFO" or "WARN", config.SystemLogLevel,
                "loggingConfig.systemLogLevel", "Member must satisfy enum value set: [DEBUG, INFO, WARN]")
            .RequireLength(config.LogGroup, "loggingConfig.logGroup", 1, GroupLengthMax);
        if (config.LogGroup is { } group)
            validation.Require(GroupRegex().IsMatch(group), group, "loggingConfig.logGroup", $"Member must satisfy regular expression pattern: {GroupPattern}");
    }

    /// <summary>Levels are for JSON only: they come with that format, and go with it.</summary>
    /// <exception cref="AwsException">InvalidParameterValueException: a level is asked for where there are none.</exception>
    public static FunctionModel Apply(FunctionConfig config, FunctionModel model)
    {
        var format = config.LogFormat ?? model.LogFormat;
        if (format != Json && (config.ApplicationLogLevel ?? config.SystemLogLevel) is not null)
            throw LambdaErrors.InvalidParameter(
                "LogLevel is not supported when LogFormat is set to Text. Remove LogLevel from your request or change the LogFormat to JSON and try again.");
        return model with
        {
            LogFormat = format,
            LogGroup = config.LogGroup ?? model.LogGroup,
            ApplicationLogLevel = format == Json ? config.ApplicationLogLevel ?? model.ApplicationLogLevel ?? LevelDefault : null,
            SystemLogLevel = format == Json ? config.SystemLogLevel ?? model.SystemLogLevel ?? LevelDefault : null,
        };
    }

    [GeneratedRegex($@"^{GroupPattern}\z")]
    private static partial Regex GroupRegex();
}
