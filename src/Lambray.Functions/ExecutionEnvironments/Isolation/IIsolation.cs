namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>How the processes of execution environments are kept apart from the host and from each other.</summary>
public interface IIsolation : IAsyncDisposable
{
    /// <summary>One line for the server's start: what holds, and what is weaker than it could be.</summary>
    string Description { get; }

    /// <summary>Starts the runtime of an environment; the caller owns the result and ends it.</summary>
    /// <exception cref="EnvironmentStartException">The machine did not let it start.</exception>
    Task<IsolatedProcess> StartAsync(EnvironmentPlan plan);

    /// <summary>Starts the runtime of an environment anew, after all its processes have ended: its files, network and limits are still the same.</summary>
    /// <param name="ended">Of no further use once there is a result, which takes its premises over.</param>
    /// <exception cref="EnvironmentStartException">The machine did not let it start; the premises are still <paramref name="ended"/>'s.</exception>
    Task<IsolatedProcess> RestartAsync(IsolatedProcess ended, EnvironmentPlan plan);

    /// <summary>Whether a runtime can be given its function after it was started.</summary>
    bool CanAssign { get; }

    /// <summary>Gives a runtime that was started without a function the code, layers and limits of one.</summary>
    /// <returns>The function's environment variables, for the runtime to take over.</returns>
    /// <exception cref="EnvironmentStartException">The machine did not let it, or the runtime has ended.</exception>
    Task<IReadOnlyDictionary<string, string>> AssignAsync(IsolatedProcess process, EnvironmentPlan plan);
}

/// <summary>The machine refused to start an environment: no process, file or namespace left, or a program is missing.</summary>
public sealed class EnvironmentStartException(string message, Exception? inner = null) : Exception(message, inner);
