using Lambray.Functions.ExecutionEnvironments.Isolation;

namespace Lambray.Functions.ExecutionEnvironments.Runtimes;

/// <summary>How a runtime starts on this machine.</summary>
public sealed record RuntimeInstallation
{
    /// <summary>The folder on the host that is mounted at <c>/var/lang</c>; null for a custom runtime.</summary>
    public string? LanguageDirectory { get; init; }

    /// <summary>The folder on the host that is mounted at <c>/var/runtime</c>; null for a custom runtime.</summary>
    public string? BootstrapDirectory { get; init; }

    /// <summary>Further files and folders of the host that the interpreter needs at their own places.</summary>
    public IReadOnlyList<string> SystemFiles { get; init; } = [];

    /// <summary>The command that starts the runtime, with paths as seen from inside the environment.</summary>
    public required Func<EnvironmentAddresses, IReadOnlyList<string>> Command { get; init; }

    /// <summary>Environment variables of this language, such as its search path; a function may set others.</summary>
    public Func<EnvironmentAddresses, IReadOnlyDictionary<string, string>> Variables { get; init; } = _ => new Dictionary<string, string>();

    /// <summary>Runtimes with the same key are alike until they are given a function; null when none can wait for one.</summary>
    public string? PrestartKey { get; init; }

    /// <summary>What the names of variables begin with that come too late for a runtime that already runs.</summary>
    public IReadOnlyList<string> VariablesReadAtStart { get; init; } = [];

    /// <summary>AWS's words for why there is nothing to start; null when there is.</summary>
    public string? EntrypointError { get; init; }

    /// <summary>A line for the function's log when it does not run on what it asked for.</summary>
    public string? Notice { get; init; }
}
