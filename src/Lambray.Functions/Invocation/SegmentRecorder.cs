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
    readonly HashSet<Task> ahead = [];

    public void Record(SegmentEntity entity) => Keep(WriteAsync(entity), writing);

    /// <summary>Announces work whose end will be recorded, when its caller has been answered already.</summary>
    public void Expect(Task work) => Keep(work, ahead);

    /// <summary>Completes once everything recorded so far is stored.</summary>
    public Task FlushAsync()
    {
        lock (gate) return Task.WhenAll(writing);
    }

    /// <summary>Completes once what is expected has been recorded too.</summary>
    public async Task DrainAsync()
    {
        Task[] expected;
        lock (gate) expected = [.. ahead];
        await Task.WhenAll(expected);
        await FlushAsync();
    }

    void Keep(Task task, HashSet<Task> tasks)
    {
        if (task.IsCompleted) return;
        lock (gate) tasks.Add(task);
        _ = task.ContinueWith(done => { lock (gate) tasks.Remove(done); }, TaskScheduler.Default);
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
