using Lambray.Functions.ExecutionEnvironments.Runtimes;
using Lambray.Functions.Registry;

namespace Lambray.Functions.ExecutionEnvironments.Prestart;

/// <summary>Which functions can be given to a runtime that already runs.</summary>
static class PrestartRules
{
    // Read by the loader or the C library when a process starts, too early for a runtime that waits.
    static readonly string[] ReadAtStart = ["LD_", "MALLOC_", "GLIBC_", "LC_", "LANG", "TZ", "OPENSSL_"];

    /// <param name="wrapper">What is to start the runtime (<c>AWS_LAMBDA_EXEC_WRAPPER</c>).</param>
    /// <param name="layers">The folder of the function's layers.</param>
    public static bool Allow(FunctionModel function, RuntimeInstallation runtime, string? wrapper, string? layers) =>
        runtime.PrestartKey is not null
        && wrapper is null
        && function.EphemeralStorage == FunctionModel.EphemeralStorageDefault
        // External extensions are started before the runtime.
        && (layers is null || !Directory.Exists(Path.Combine(layers, "extensions")))
        && function.Variables?.Keys.Any(name => ReadAtStart.Concat(runtime.VariablesReadAtStart).Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))) != true;
}
