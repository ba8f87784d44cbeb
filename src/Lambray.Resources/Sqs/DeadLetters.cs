using Lambray.Aws;
using Microsoft.Extensions.Logging;

namespace Lambray.Resources.Sqs;

/// <summary>Takes messages that were received too often to their dead-letter queues.</summary>
sealed partial class DeadLetters(Func<Arn, MessageQueue?> find, AwsHome home, ILogger logger)
{
    /// <summary>Goes on beside the receiver that found them.</summary>
    public void Bury(MessageQueue source, IReadOnlyList<DeadMessage> messages) => _ = BuryAsync(source, messages);

    async Task BuryAsync(MessageQueue source, IReadOnlyList<DeadMessage> messages)
    {
        var target = source.Config.Redrive?.Target;
        try
        {
            if (target is not { } arn || find(arn) is not { } queue || queue.Config.IsFifo != source.Config.IsFifo)
            {
                // The queue for them is gone: as in AWS they stay, and go on being received.
                LogNoTarget(source.Config.Name, target?.ToString());
                source.PutBack(messages);
                return;
            }
            await queue.MoveInAsync(source, messages, source.Config.Arn(home).ToString());
        }
        // On disk they are where they were.
        catch (Exception error)
        {
            LogNotMoved(messages.Count, source.Config.Name, error);
            source.PutBack(messages);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Messages of queue {Queue} were received too often, and its dead-letter queue {Target} is not there")]
    partial void LogNoTarget(string queue, string? target);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} messages of queue {Queue} could not be moved to its dead-letter queue")]
    partial void LogNotMoved(int count, string queue, Exception error);
}
