using System.Collections.Concurrent;
using Lambray.Aws;
using Lambray.Functions.ExecutionEnvironments.Isolation;
using Lambray.Functions.Registry;
using Lambray.Functions.Registry.Concurrency;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.ExecutionEnvironments.Provisioned;

/// <summary>Keeps as many environments initialized as are asked for ("Configuring provisioned concurrency" in the Developer Guide).</summary>
/// <remarks>Whenever something has changed for a function, what there is of it is brought to what is asked for; changes of one function follow each other.</remarks>
public sealed partial class ProvisionedEnvironments(
    EnvironmentPool pool, FunctionRegistry functions, ProvisionedConcurrencies concurrencies, ILogger<ProvisionedEnvironments> logger)
    : IDisposable
{
    // More at once would only slow each other, and the invocations beside them, down.
    const int StartsAtOnceMax = 2;

    // "Understanding the Lambda execution environment lifecycle": 130 s, or the function's timeout if that is longer.
    static readonly TimeSpan InitLimitMin = TimeSpan.FromSeconds(130);

    readonly SemaphoreSlim starts = new(StartsAtOnceMax);
    readonly ConcurrentDictionary<string, Task> last = [];

    /// <summary>Begins with what was asked for before the server started.</summary>
    public void Start()
    {
        functions.Changed += Look;
        pool.ProvisionedLost += Look;
        foreach (var function in concurrencies.ListTargets().Select(target => target.FunctionName).Distinct()) Look(function);
    }

    public void Dispose() => starts.Dispose();

    void Look(string function)
    {
        if (concurrencies.ListTargets(function) is [] && !pool.HasProvisioned(function)) return;
        last.AddOrUpdate(function, name => AdjustAsync(name, Task.CompletedTask), (name, before) => AdjustAsync(name, before));
    }

    async Task AdjustAsync(string function, Task before)
    {
        await Task.Yield();
        await before;
        try
        {
            var targets = concurrencies.ListTargets(function);
            pool.KeepProvisioned(function, targets.ToDictionary(target => target.Version, target => target.Requested));
            foreach (var target in targets) await BringUpAsync(target);
        }
        // Nobody waits for this; the next change tries again.
        catch (Exception error)
        {
            LogFailed(function, error);
        }
    }

    async Task BringUpAsync(ProvisionedTarget target)
    {
        // A version that is still being prepared changes once more when it is ready.
        if (functions.FindVersion(target.FunctionName, target.Version) is not { State: FunctionState.Active } model) return;
        var missing = target.Requested - pool.CountProvisioned(model);
        Report(target, failure: null);
        var failures = await Task.WhenAll(Enumerable.Range(0, Math.Max(missing, 0)).Select(_ => StartAsync(target, model)));
        Report(target, failures.FirstOrDefault(failure => failure is not null));
    }

    /// <returns>Why it failed; null when it is initialized.</returns>
    async Task<string?> StartAsync(ProvisionedTarget target, FunctionModel model)
    {
        await starts.WaitAsync();
        try
        {
            var started = await pool.StartProvisionedAsync(model);
            var limit = TimeSpan.FromSeconds(model.Timeout);
            var end = await started.Environment.InitializedWithinAsync(limit > InitLimitMin ? limit : InitLimitMin);
            if (end is not InitEnd.Ready)
            {
                await pool.EndAsync(started);
                return "FUNCTION_ERROR_INIT_FAILURE";
            }
            pool.Return(started);
            Report(target, failure: null);
            return null;
        }
        catch (Exception error) when (error is AwsException or EnvironmentStartException)
        {
            LogNotStarted(target.FunctionName, target.Qualifier, error);
            return error is AwsException { Status: 429 } ? "INSUFFICIENT_CAPACITY" : "INTERNAL_ERROR";
        }
        finally
        {
            starts.Release();
        }
    }

    // Of the version or alias that it was asked for, whichever versions that means.
    void Report(ProvisionedTarget target, string? failure)
    {
        var (requested, ready) = (0, 0);
        foreach (var share in concurrencies.ListTargets(target.FunctionName).Where(share => share.Qualifier == target.Qualifier))
        {
            requested += share.Requested;
            if (functions.FindVersion(share.FunctionName, share.Version) is { } version) ready += pool.CountProvisioned(version);
        }
        var status = ready >= requested ? ProvisionedStatus.Ready : failure is null ? ProvisionedStatus.InProgress : ProvisionedStatus.Failed;
        concurrencies.Report(target.FunctionName, target.Qualifier, new ProvisionedReadiness(status, ready, ready, failure));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The provisioned environments of {Function} could not be adjusted")]
    partial void LogFailed(string function, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An environment provisioned for {Function}:{Qualifier} could not be started")]
    partial void LogNotStarted(string function, string qualifier, Exception error);
}
