using Lambray.Aws;
using Lambray.Tracing.Intake;
using Lambray.Tracing.Segments;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.Invocation;

/// <summary>Hands Lambda's own segments to the intake without making a function's caller wait for the disk.</summary>
public sealed partial class SegmentRecorder(SegmentIntake intake, ILogger<SegmentRecorder> logger)
{
    readonly Lock gate = new();
    readonly HashSet<Task> writing = [];

    public void Record(SegmentEntity entity)
    {
        var task = WriteAsync(entity);
        if (task.IsCompleted) return;
        lock (gate) writing.Add(task);
        _ = task.ContinueWith(done => { lock (gate) writing.Remove(done); }, TaskScheduler.Default);
    }

    /// <summary>Completes once everything recorded so far is stored.</summary>
    public Task FlushAsync()
    {
        lock (gate) return Task.WhenAll(writing);
    }

    async Task WriteAsync(SegmentEntity entity)
    {
        try
        {
            await intake.AcceptAsync(entity);
        }
        // Too much at once, or a clock set back in between. The intake has counted it; an invocation does not fail because its trace could not be kept.
        catch (Exception error) when (error is AwsException or InvalidDataException)
        {
            LogNotRecorded(entity.Name, entity.Id, error.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Segment {Segment} of {Name} was not recorded: {Reason}")]
    partial void LogNotRecorded(string name, SegmentId segment, string reason);
}
