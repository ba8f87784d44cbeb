using System.Globalization;
using Lambray.Aws;
using Lambray.Functions.ExecutionEnvironments.Isolation;
using Lambray.Functions.ExecutionEnvironments.Logging;
using Lambray.Functions.ExecutionEnvironments.Runtimes;
using Lambray.Functions.Registry;
using Lambray.Resources.Iam;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>What a function finds in its environment ("Defined runtime environment variables" in the Lambda Developer Guide).</summary>
static class EnvironmentVariables
{
    /// <summary>Enough for a runtime to come up and to ask for its function, which brings all others.</summary>
    public static IReadOnlyDictionary<string, string> ForPrestart(RuntimeInstallation runtime, EnvironmentAddresses places)
    {
        var variables = WithPlaces(Defaults(runtime, places), places);
        variables["_LAMBRAY_PRESTART"] = "1";
        return variables;
    }

    public static IReadOnlyDictionary<string, string> For(
        FunctionModel function, RuntimeInstallation runtime, InitializationType type, string logStream, TemporaryCredentials credentials, AwsHome home, EnvironmentAddresses places)
    {
        var variables = Defaults(runtime, places);
        // A function's own values replace those above; the ones below are Lambda's alone and were refused at the API.
        foreach (var (name, value) in function.Variables ?? new Dictionary<string, string>()) variables[name] = value;
        variables["_HANDLER"] = function.Handler;
        variables["AWS_REGION"] = variables["AWS_DEFAULT_REGION"] = home.Region;
        if (!CustomRuntime.Serves(function.Runtime)) variables["AWS_EXECUTION_ENV"] = $"AWS_Lambda_{function.Runtime}";
        variables["AWS_LAMBDA_FUNCTION_NAME"] = function.Name;
        variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = function.MemorySize.ToString(CultureInfo.InvariantCulture);
        variables["AWS_LAMBDA_FUNCTION_VERSION"] = function.Version;
        variables["AWS_LAMBDA_INITIALIZATION_TYPE"] = type.Text();
        if (LogSettings.Of(function) is { IsJson: true, Application: var level })
        {
            variables["AWS_LAMBDA_LOG_FORMAT"] = "JSON";
            variables["AWS_LAMBDA_LOG_LEVEL"] = level.ToString().ToUpperInvariant();
        }
        variables["AWS_LAMBDA_LOG_GROUP_NAME"] = function.LogGroup;
        variables["AWS_LAMBDA_LOG_STREAM_NAME"] = logStream;
        variables["AWS_ACCESS_KEY_ID"] = credentials.AccessKeyId;
        variables["AWS_SECRET_ACCESS_KEY"] = credentials.SecretAccessKey;
        variables["AWS_SESSION_TOKEN"] = credentials.SessionToken;
        return WithPlaces(variables, places);
    }

    static Dictionary<string, string> Defaults(RuntimeInstallation runtime, EnvironmentAddresses places)
    {
        var daemon = places.XRay.Split(':');
        var variables = new Dictionary<string, string>
        {
            ["LANG"] = "en_US.UTF-8",
            ["TZ"] = ":UTC",
            ["PATH"] = $"{places.LanguageDirectory}/bin:/usr/local/bin:/usr/bin:/bin:{places.LayersDirectory}/bin",
            ["LD_LIBRARY_PATH"] = $"{places.LanguageDirectory}/lib:{places.TaskRoot}:{places.TaskRoot}/lib:{places.LayersDirectory}/lib",
            ["AWS_XRAY_CONTEXT_MISSING"] = "LOG_ERROR",
            ["AWS_XRAY_DAEMON_ADDRESS"] = places.XRay,
            ["_AWS_XRAY_DAEMON_ADDRESS"] = daemon[0],
            ["_AWS_XRAY_DAEMON_PORT"] = daemon[1],
            ["AWS_ENDPOINT_URL"] = places.AwsEndpoint,
        };
        foreach (var (name, value) in runtime.Variables(places)) variables[name] = value;
        return variables;
    }

    static Dictionary<string, string> WithPlaces(Dictionary<string, string> variables, EnvironmentAddresses places)
    {
        variables["AWS_LAMBDA_RUNTIME_API"] = places.RuntimeApi;
        variables["LAMBDA_TASK_ROOT"] = places.TaskRoot;
        variables["LAMBDA_RUNTIME_DIR"] = places.RuntimeDirectory;
        return variables;
    }
}
