using Lambray.Functions.ExecutionEnvironments;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Functions;

/// <summary>The execution environments as they are at this moment.</summary>
static class EnvironmentReads
{
    /// <param name="function">Null for those of all functions.</param>
    public static EnvironmentList List(string? function, [FromServices] EnvironmentPool pool, [FromServices] EnvironmentPoolConfig config) => new(
        [.. pool.List(function).Select(Item)], config.EnvironmentsMax, pool.Counts.Living, config.MemoryMax, pool.Counts.MemoryMegabytes);

    static EnvironmentItem Item(StartedEnvironment started)
    {
        var (environment, activity) = (started.Environment, started.Environment.Activity);
        return new EnvironmentItem(
            environment.Id, environment.Function.Name, environment.Function.Version, activity.State, activity.Since, started.Born, activity.Invocations,
            environment.Function.MemorySize, activity.MemoryBytes, started.IsProvisioned);
    }
}
