using Lambray.Functions.ExecutionEnvironments.ControlGroups;
using Lambray.Functions.ExecutionEnvironments.Runtimes;
using Lambray.Functions.Registry;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>What an execution environment is to be started with.</summary>
/// <param name="CodeDirectory">What is to be at <c>/var/task</c>; null for a runtime that waits for its function.</param>
/// <param name="LayersDirectory">What is to be under <c>/opt</c>; null when nothing is.</param>
/// <param name="Wrapper">The program that is to start the runtime, given its command line (<c>AWS_LAMBDA_EXEC_WRAPPER</c>).</param>
/// <param name="EphemeralStorage">The size of its <c>/tmp</c> in megabytes.</param>
/// <param name="Variables">Its environment variables, given the addresses and folders as the function will see them.</param>
public sealed record EnvironmentPlan(
    string Id, string? CodeDirectory, string? LayersDirectory, RuntimeInstallation Runtime, string? Wrapper, ResourceLimits Limits, int EphemeralStorage,
    Func<EnvironmentAddresses, IReadOnlyDictionary<string, string>> Variables)
{
    /// <summary>For a runtime that is started ahead: what the smallest function would have, and no function.</summary>
    public static EnvironmentPlan ForPrestart(string id, RuntimeInstallation runtime) => new(
        id, CodeDirectory: null, LayersDirectory: null, runtime, Wrapper: null, ResourceLimits.Least, FunctionModel.EphemeralStorageDefault, places => EnvironmentVariables.ForPrestart(runtime, places));

    /// <summary>The names of the programs under <c>/opt/extensions</c>.</summary>
    public IReadOnlyList<string> Extensions { get; } = LayerFolders.ListExtensions(LayersDirectory);
}

/// <summary>Where a function finds what surrounds it, as seen from inside its environment.</summary>
/// <param name="RuntimeApi"><c>host:port</c>, for <c>AWS_LAMBDA_RUNTIME_API</c>.</param>
/// <param name="XRay"><c>host:port</c>, for <c>AWS_XRAY_DAEMON_ADDRESS</c>.</param>
/// <param name="AwsEndpoint">URL of the AWS services, for <c>AWS_ENDPOINT_URL</c>.</param>
/// <param name="LayersDirectory"><c>/opt</c>, or what stands for it.</param>
public sealed record EnvironmentAddresses(
    string RuntimeApi, string XRay, string AwsEndpoint, string TaskRoot, string RuntimeDirectory, string LanguageDirectory, string LayersDirectory);
