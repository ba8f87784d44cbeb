namespace Lambray.Resources.Sqs;

/// <summary>Of a standard queue: those that came back first, then the rest about as they came.</summary>
sealed class StandardLine : IMessageLine
{
    const int MessagesMax = 2_000;
    const int CharactersMax = 8 * 1024 * 1024;

    readonly Queue<StoredMessage> unread = new();
    readonly Queue<long> returned = new();
    int characters;

    public int Count => unread.Count + returned.Count;

    public bool HasRoom => unread.Count < MessagesMax && characters < CharactersMax;

    public void Add(StoredMessage message)
    {
        unread.Enqueue(message);
        characters += message.Body.Length;
    }

    public void Return(HeldMessage message) => returned.Enqueue(message.Sequence);

    public bool TryNext(out long sequence, out StoredMessage? message)
    {
        message = null;
        if (returned.TryDequeue(out sequence)) return true;
        if (!unread.TryDequeue(out message)) return false;
        characters -= message.Body.Length;
        sequence = message.Sequence;
        return true;
    }

    public void Hold(string? groupId)
    {
    }

    public void Release(string? groupId)
    {
    }

    public void EndReceipt()
    {
    }

    public void Clear()
    {
        unread.Clear();
        returned.Clear();
        characters = 0;
    }
}
