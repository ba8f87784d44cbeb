namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>Who lives behind a set of sockets: an execution environment, or at first a pre-started runtime that waits for its function.</summary>
public sealed class EnvironmentTenancy(EnvironmentSockets sockets)
{
    readonly TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<IReadOnlyDictionary<string, string>> function = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile TaskCompletionSource? change;
    volatile ExecutionEnvironment? environment;

    public EnvironmentSockets Sockets => sockets;

    /// <summary>Null while a runtime waits for its function.</summary>
    public ExecutionEnvironment? Environment => environment;

    /// <summary>Completes when it is known who lives here: processes started anew may speak before the server knows them as an environment.</summary>
    public Task Settled => change?.Task ?? Task.CompletedTask;

    /// <summary>Completes when a runtime has loaded all that it can without its function.</summary>
    public Task Waiting => waiting.Task;

    /// <summary>A pre-started runtime says that it waits.</summary>
    /// <returns>The environment variables of its function, once it has one.</returns>
    public Task<IReadOnlyDictionary<string, string>> AskForFunction()
    {
        waiting.TrySetResult();
        return function.Task;
    }

    /// <summary>From now on until <see cref="Enter"/> what begins to speak on the sockets is a tenant still to come.</summary>
    /// <returns>To be disposed also when nobody comes.</returns>
    public IDisposable Change()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        change = begun;
        return new ChangeEnd(begun);
    }

    /// <summary>From now on what speaks on the sockets is this environment.</summary>
    /// <param name="variables">For a runtime that waited, those of its function.</param>
    public void Enter(ExecutionEnvironment tenant, IReadOnlyDictionary<string, string> variables)
    {
        environment = tenant;
        function.TrySetResult(variables);
    }

    sealed class ChangeEnd(TaskCompletionSource begun) : IDisposable
    {
        public void Dispose() => begun.TrySetResult();
    }
}
