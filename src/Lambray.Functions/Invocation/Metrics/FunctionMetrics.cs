using System.Collections.Concurrent;
using Lambray.Functions.Registry;
using Lambray.Resources.Metrics;

namespace Lambray.Functions.Invocation.Metrics;

/// <summary>What happens to functions, counted: a verb for each happening, told once by whoever made it happen.</summary>
/// <remarks>Goes to CloudWatch under the namespace <c>AWS/Lambda</c>, and into <see cref="Figures"/>.</remarks>
public sealed class FunctionMetrics
{
    const int SubjectsMax = 20_000;

    readonly MetricStore store;
    readonly TimeProvider time;
    readonly ConcurrentDictionary<MetricSubject, SubjectSeries> subjects = [];
    readonly ConcurrentDictionary<string, FunctionFigures> figures = [];

    // Without dimensions: all functions together.
    readonly SubjectSeries account;
    int executions;
    int unreservedExecutions;

    public FunctionMetrics(MetricStore store, TimeProvider time)
    {
        (this.store, this.time) = (store, time);
        account = new SubjectSeries(store, [[]], figures: null);
    }

    /// <summary>By function name, since the server's start.</summary>
    public IEnumerable<KeyValuePair<string, FunctionFigures>> Figures => figures;

    /// <summary>An attempt begins; it is told of by <see cref="AttemptEnded"/> whatever becomes of it.</summary>
    /// <param name="isReserved">Whether concurrency is reserved for the function.</param>
    public void AttemptBegan(FunctionName invoked, bool isReserved = false)
    {
        var now = time.GetUtcNow();
        Of(invoked).Record(LambdaMetric.ConcurrentExecutions, now, FiguresOf(invoked.Name).Begin());
        account.Record(LambdaMetric.ConcurrentExecutions, now, Interlocked.Increment(ref executions));
        if (!isReserved) account.Record(LambdaMetric.UnreservedConcurrentExecutions, now, Interlocked.Increment(ref unreservedExecutions));
    }

    /// <param name="isReserved">As it was when it began.</param>
    public void AttemptEnded(FunctionName invoked, bool isReserved = false)
    {
        FiguresOf(invoked.Name).End();
        Interlocked.Decrement(ref executions);
        if (!isReserved) Interlocked.Decrement(ref unreservedExecutions);
    }

    /// <summary>A function has answered, or failed to.</summary>
    /// <param name="duration">Of its handler, without the init phase before it.</param>
    public void InvocationFinished(FunctionName invoked, string executedVersion, TimeSpan duration, bool failed)
    {
        var subject = Of(invoked, executedVersion);
        Record(subject, LambdaMetric.Invocations, 1);
        Record(subject, LambdaMetric.Errors, failed ? 1 : 0);
        Record(subject, LambdaMetric.Duration, duration.TotalMilliseconds);
        // An average over all requests needs the zeros.
        Record(subject, LambdaMetric.Throttles, 0);
    }

    /// <summary>Extensions went on behind the runtime's answer for so long.</summary>
    public void ExtensionsFinished(FunctionName invoked, string executedVersion, TimeSpan duration) =>
        Record(Of(invoked, executedVersion), LambdaMetric.PostRuntimeExtensionsDuration, duration.TotalMilliseconds);

    /// <summary>A request was refused for load; it counts neither as an invocation nor as an error.</summary>
    public void Throttled(FunctionName invoked) => Record(Of(invoked), LambdaMetric.Throttles, 1);

    /// <summary>An invocation was stopped as the function called itself in a circle.</summary>
    public void RecursionStopped(FunctionName invoked) => Record(Of(invoked), LambdaMetric.RecursiveInvocationsDropped, 1);

    /// <summary>An asynchronous event was accepted.</summary>
    public void EventReceived(FunctionName invoked) => Record(Of(invoked), LambdaMetric.AsyncEventsReceived, 1);

    /// <summary>An asynchronous event is given to the function, so long after it was accepted.</summary>
    public void EventAttempted(FunctionName invoked, TimeSpan age) => Record(Of(invoked), LambdaMetric.AsyncEventAge, age.TotalMilliseconds);

    /// <summary>An asynchronous event was given up without success: its retries or its time were over, or its function gone.</summary>
    public void EventDropped(FunctionName invoked) => Record(Of(invoked), LambdaMetric.AsyncEventsDropped, 1);

    /// <summary>A dropped event did not reach the dead-letter queue.</summary>
    public void DeadLetterFailed(FunctionName invoked) => Record(Of(invoked), LambdaMetric.DeadLetterErrors, 1);

    /// <summary>The record of an event did not reach its destination.</summary>
    public void DestinationFailed(FunctionName invoked) => Record(Of(invoked), LambdaMetric.DestinationDeliveryFailures, 1);

    /// <summary>A batch of a stream is given to the function, so long after its last record arrived.</summary>
    public void StreamRead(FunctionName invoked, TimeSpan age) => Record(Of(invoked), LambdaMetric.IteratorAge, age.TotalMilliseconds);

    /// <summary>An invocation was served by provisioned concurrency.</summary>
    /// <param name="running">How many provisioned environments are busy, this one included.</param>
    /// <param name="allocated">How many there are.</param>
    public void ProvisionedInvoked(FunctionName invoked, string executedVersion, int running, int allocated)
    {
        var subject = Of(invoked, executedVersion);
        Record(subject, LambdaMetric.ProvisionedConcurrencyInvocations, 1);
        Record(subject, LambdaMetric.ProvisionedConcurrentExecutions, running);
        Record(subject, LambdaMetric.ProvisionedConcurrencyUtilization, (double)running / allocated);
    }

    /// <summary>An invocation ran on demand as all of its provisioned concurrency was busy.</summary>
    public void ProvisionedSpilledOver(FunctionName invoked, string executedVersion) =>
        Record(Of(invoked, executedVersion), LambdaMetric.ProvisionedConcurrencySpilloverInvocations, 1);

    /// <summary>A request to a function's URL was answered.</summary>
    public void UrlRequested(FunctionName invoked, int status, TimeSpan latency)
    {
        Record(Of(invoked), LambdaMetric.UrlRequestCount, 1);
        Record(Of(invoked), LambdaMetric.Url4xxCount, status is >= 400 and < 500 ? 1 : 0);
        Record(Of(invoked), LambdaMetric.Url5xxCount, status >= 500 ? 1 : 0);
        Record(Of(invoked), LambdaMetric.UrlRequestLatency, latency.TotalMilliseconds);
    }

    SubjectSeries Of(FunctionName invoked, string? executedVersion = null)
    {
        var subject = new MetricSubject(invoked, executedVersion);
        if (subjects.TryGetValue(subject, out var known)) return known;
        // Those in use come back.
        if (subjects.Count >= SubjectsMax) subjects.Clear();
        return subjects.GetOrAdd(
            subject, static (subject, metrics) => new SubjectSeries(metrics.store, subject.Dimensions(), metrics.FiguresOf(subject.Invoked.Name)), this);
    }

    void Record(SubjectSeries subject, LambdaMetric metric, double value)
    {
        var now = time.GetUtcNow();
        subject.Record(metric, now, value);
        account.Record(metric, now, value);
    }

    FunctionFigures FiguresOf(string name) => figures.GetOrAdd(name, static _ => new FunctionFigures());
}
