using Lambray.Functions.ExecutionEnvironments.Isolation;

namespace Lambray.Functions.ExecutionEnvironments.Prestart;

/// <summary>A runtime that has loaded all it can and waits for its function, isolated as any environment is.</summary>
public sealed record PrestartedRuntime(string Id, IsolatedProcess Process, EnvironmentTenancy Tenancy, IAsyncDisposable Doors)
{
    /// <summary>Ends its processes and removes what was made for them.</summary>
    public async Task EndAsync()
    {
        Process.Kill();
        await Process.Exited;
        await Doors.DisposeAsync();
        await Process.RemoveAsync();
    }
}
