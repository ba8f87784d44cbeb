using Lambray.Resources.Sqs;

namespace Lambray.Server.AwsFront.Sqs;

/// <summary>StartMessageMoveTask, CancelMessageMoveTask, ListMessageMoveTasks.</summary>
static class MoveOperations
{
    const int ResultsMax = 10;

    public static async Task StartMessageMoveTask(HttpContext http)
    {
        var request = SqsDoor.Read(http, SqsJson.Wire.MoveTaskRequest);
        var task = await SqsDoor.Queues(http).Moves.StartAsync(request.SourceArn, request.DestinationArn, request.MaxNumberOfMessagesPerSecond);
        await SqsDoor.WriteAsync(http, new MoveTaskAnswer(task.Handle, null), SqsJson.Wire.MoveTaskAnswer);
    }

    public static async Task CancelMessageMoveTask(HttpContext http)
    {
        var request = SqsDoor.Read(http, SqsJson.Wire.MoveTaskRequest);
        var task = await SqsDoor.Queues(http).Moves.CancelAsync(request.TaskHandle ?? throw SqsErrors.Missing("TaskHandle"));
        await SqsDoor.WriteAsync(http, new MoveTaskAnswer(null, task.Moved), SqsJson.Wire.MoveTaskAnswer);
    }

    public static Task ListMessageMoveTasks(HttpContext http)
    {
        var request = SqsDoor.Read(http, SqsJson.Wire.MoveTaskRequest);
        if (request.MaxResults is < 1 or > ResultsMax) throw SqsErrors.InvalidValue(request.MaxResults, "MaxResults", $"Must be between 1 and {ResultsMax}, if provided.");
        var tasks = SqsDoor.Queues(http).Moves.List(request.SourceArn, request.MaxResults ?? 1);
        return SqsDoor.WriteAsync(http, new MoveTasksAnswer([.. tasks.Select(Wire)]), SqsJson.Wire.MoveTasksAnswer);
    }

    static MoveTaskWire Wire(MoveTask task) => new()
    {
        // Only of a task that can still be cancelled.
        TaskHandle = task.Status == MoveStatus.Running ? task.Handle : null,
        Status = task.Status.ToString().ToUpperInvariant(),
        SourceArn = task.Source,
        DestinationArn = task.Destination,
        MaxNumberOfMessagesPerSecond = task.Rate,
        ApproximateNumberOfMessagesMoved = task.Moved,
        ApproximateNumberOfMessagesToMove = task.ToMove,
        FailureReason = task.FailureReason,
        StartedTimestamp = task.Started.ToUnixTimeMilliseconds(),
    };
}
