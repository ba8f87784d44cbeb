namespace Lambray.Resources.Sqs;

/// <summary>Moves the messages of a dead-letter queue back, or elsewhere, as StartMessageMoveTask asked for.</summary>
/// <param name="Destination">ARN; null for the queues that the messages came from.</param>
/// <param name="Rate">Messages a second at most; null for as fast as it goes.</param>
public sealed record MoveTask(Guid Id, string Source, string? Destination, int? Rate, DateTimeOffset Started, MoveStatus Status, long Moved, long ToMove, string? FailureReason)
{
    /// <summary>What names it in CancelMessageMoveTask.</summary>
    public string Handle => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($$"""{"taskId":"{{Id}}","sourceArn":"{{Source}}"}"""));

    public bool IsAtWork => Status is MoveStatus.Running or MoveStatus.Cancelling;
}

/// <summary>As the API writes them, in capitals.</summary>
public enum MoveStatus
{
    Running,
    Completed,
    Cancelling,
    Cancelled,
    Failed,
}
