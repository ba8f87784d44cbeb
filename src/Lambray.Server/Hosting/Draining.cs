using System.Runtime.InteropServices;
using Lambray.Functions.ExecutionEnvironments;
using Lambray.Functions.ExecutionEnvironments.Prestart;
using Lambray.Functions.Invocation;
using Lambray.Server.AwsFront;
using Lambray.Server.Environments;

namespace Lambray.Server.Hosting;

/// <summary>Begins and ends what runs beside requests: on a stop, what was begun ends first, then the environments, then the listeners.</summary>
public sealed partial class Draining(
    DrainGate gate, IHostApplicationLifetime lifetime, IServiceProvider services, EnvironmentPool environments, PrestartedRuntimes prestarted,
    SegmentRecorder recorder, ILogger<Draining> logger)
    : IHostedLifecycleService, IDisposable
{
    readonly CancellationTokenSource hurry = new();
    readonly List<PosixSignalRegistration> signals = [];
    readonly IReadOnlyList<BackgroundWork> works = BackgroundWork.Of(services);
    int stops;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Only a server that listens can serve the environments that events start.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var work in works) work.Start();
        signals.AddRange([PosixSignalRegistration.Create(PosixSignal.SIGINT, CountStop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, CountStop)]);
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        LogDraining();
        // Requests that would go on for hours (a live tail of logs) end at this.
        lifetime.StopApplication();
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, hurry.Token);
        try
        {
            await gate.DrainAsync().WaitAsync(impatient.Token);
            foreach (var work in works.Reverse())
                if (work.StopAsync is { } stop) await stop().WaitAsync(impatient.Token);
        }
        catch (OperationCanceledException)
        {
            LogEndingNow();
        }
        await environments.EndAllAsync();
        await prestarted.EndAllAsync();
        await recorder.DrainAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Refuses new requests while the server stops, but for those that running functions make.</summary>
    public static async Task Guard(HttpContext http, RequestDelegate next)
    {
        if (IsFromFunction(http))
        {
            await next(http);
            return;
        }
        var gate = http.RequestServices.GetRequiredService<DrainGate>();
        if (!gate.TryEnter())
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
        try
        {
            await next(http);
        }
        finally
        {
            gate.Leave();
        }
    }

    public void Dispose()
    {
        signals.ForEach(signal => signal.Dispose());
        hurry.Dispose();
    }

    // The host stops at the first signal; the second means that whoever sent it will not wait.
    void CountStop(PosixSignalContext signal)
    {
        if (Interlocked.Increment(ref stops) == 2) hurry.Cancel();
    }

    // Without a network of its own a function is known by its temporary credentials.
    static bool IsFromFunction(HttpContext http) =>
        http.Features.Get<EnvironmentConnection>() is not null
        || ServiceDispatch.Scope(http.Request)?.AccessKeyId.StartsWith("ASIA", StringComparison.Ordinal) == true;

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: waiting for running invocations (stop again to end them now)")]
    partial void LogDraining();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Ending running invocations now; asynchronous ones run again at the next start")]
    partial void LogEndingNow();
}
