using System.Collections.Concurrent;
using Lambray.Aws;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Microsoft.Extensions.Logging;

namespace Lambray.Tracing.Retrieval;

/// <summary>Retrievals of traces: asked for by ids, looked for in the background, found by a token for an hour.</summary>
/// <remarks>A retrieval remembers which of the traces are there, not the traces: these are read when somebody lists them.</remarks>
/// <param name="find">Reads a trace; null when it is not there.</param>
public sealed partial class TraceRetrievals(Func<TraceId, ValueTask<Trace?>> find, TimeProvider time, ILogger<TraceRetrievals> logger)
{
    const int TraceIdsMax = 100;
    const int RetrievalsMax = 1_000;

    static readonly TimeSpan Lasts = TimeSpan.FromMinutes(60);

    // Somebody who asks late is told that it timed out; after another hour it is unknown.
    static readonly TimeSpan Remembered = 2 * Lasts;

    static readonly RetrievalState TimedOut = new(RetrievalStatus.Timeout, []);

    readonly ConcurrentDictionary<string, Job> jobs = [];

    /// <summary>Starts to look for those of the traces that were active in the range.</summary>
    /// <returns>The token that the others know it by.</returns>
    /// <exception cref="AwsException">InvalidRequestException for too many ids, or one that is none; ThrottledException when too many retrievals are remembered.</exception>
    public string Start(IReadOnlyList<string?> traceIds, DateTimeOffset start, DateTimeOffset end)
    {
        if (traceIds.Count > TraceIdsMax) throw XRayErrors.InvalidRequest($"TraceIds has {traceIds.Count} ids; it takes {TraceIdsMax}.");
        var ids = traceIds.Select(text => TraceId.TryParse(text, out var id) ? id : throw XRayErrors.InvalidRequest($"{text} is no trace id.")).Distinct().ToList();
        ForgetOld();
        if (jobs.Count >= RetrievalsMax) throw XRayErrors.Throttled($"{RetrievalsMax} retrievals are remembered already; wait until some are over.");
        var token = Guid.NewGuid().ToString("N");
        var job = new Job(time.GetUtcNow());
        jobs[token] = job;
        _ = LookAsync(job, ids, SegmentTime.From(start), SegmentTime.From(end));
        return token;
    }

    /// <exception cref="AwsException">ResourceNotFoundException: nothing is known by the token.</exception>
    public RetrievalState Get(string token)
    {
        var job = Find(token);
        return time.GetUtcNow() - job.Started < Lasts ? job.State : TimedOut;
    }

    /// <summary>Ends a retrieval that is not over yet; one that is over stays as it is.</summary>
    /// <exception cref="AwsException">ResourceNotFoundException: nothing is known by the token.</exception>
    public void Cancel(string token) => Find(token).Advance(new RetrievalState(RetrievalStatus.Cancelled, []));

    async Task LookAsync(Job job, IReadOnlyList<TraceId> ids, SegmentTime start, SegmentTime end)
    {
        await Task.Yield();
        try
        {
            if (!job.Advance(new RetrievalState(RetrievalStatus.Running, []))) return;
            var found = new List<TraceId>();
            foreach (var id in ids)
            {
                if (job.IsOver) return;
                if (await find(id) is { } trace && !(trace.End < start) && !(trace.Start > end)) found.Add(id);
            }
            job.Advance(new RetrievalState(RetrievalStatus.Complete, found));
        }
        // Nobody waits for this task: whoever asks for the retrieval hears that it failed, and the log why.
        catch (Exception error)
        {
            LogFailed(logger, error);
            job.Advance(new RetrievalState(RetrievalStatus.Failed, []));
        }
    }

    Job Find(string token) => jobs.TryGetValue(token, out var job) && time.GetUtcNow() - job.Started < Remembered
        ? job
        : throw XRayErrors.ResourceNotFound(token, "There is no such retrieval, or it is long over.");

    void ForgetOld()
    {
        var oldest = time.GetUtcNow() - Remembered;
        foreach (var (token, job) in jobs)
            if (job.Started <= oldest) jobs.TryRemove(token, out _);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A retrieval of traces failed")]
    static partial void LogFailed(ILogger logger, Exception error);

    sealed class Job(DateTimeOffset started)
    {
        readonly Lock gate = new();

        public DateTimeOffset Started { get; } = started;

        public RetrievalState State { get; private set; } = new(RetrievalStatus.Scheduled, []);

        public bool IsOver => State.Status is not (RetrievalStatus.Scheduled or RetrievalStatus.Running);

        /// <summary>False for one that is over: it has come to its last state.</summary>
        public bool Advance(RetrievalState next)
        {
            lock (gate)
            {
                if (IsOver) return false;
                State = next;
                return true;
            }
        }
    }
}
