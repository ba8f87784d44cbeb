namespace Lambray.Resources.Sqs;

/// <summary>The messages of a queue that can be received, or could if their group let them, as far as they have been looked up. For one thread at a time.</summary>
interface IMessageLine
{
    /// <summary>How many wait here.</summary>
    int Count { get; }

    /// <summary>Whether more may be looked up: how far ahead of the receivers it looks has a bound.</summary>
    bool HasRoom { get; }

    /// <summary>Puts a message at the end that nobody has received.</summary>
    void Add(StoredMessage message);

    /// <summary>Takes back a message that was hidden, and whose time has come.</summary>
    void Return(HeldMessage message);

    /// <summary>Takes the next message for the receipt that is being put together.</summary>
    /// <param name="message">Null when it has to be read.</param>
    bool TryNext(out long sequence, out StoredMessage? message);

    /// <summary>The message has been handed out.</summary>
    void Hold(string? groupId);

    /// <summary>A message that had been handed out is no more.</summary>
    void Release(string? groupId);

    /// <summary>The receipt is complete.</summary>
    void EndReceipt();

    /// <summary>Forgets everything.</summary>
    void Clear();
}
