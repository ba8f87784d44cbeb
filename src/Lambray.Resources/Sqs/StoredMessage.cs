using Lambray.Resources.Messaging;

namespace Lambray.Resources.Sqs;

/// <summary>A message to send, found to be in order.</summary>
public sealed record NewMessage(string Body, IReadOnlyDictionary<string, MessageAttribute> Attributes)
{
    static readonly Dictionary<string, MessageAttribute> NoAttributes = [];

    public NewMessage(string body) : this(body, NoAttributes)
    {
    }

    /// <summary>The system attribute <c>AWSTraceHeader</c>.</summary>
    public string? TraceHeader { get; init; }

    /// <summary>Null for the queue's own.</summary>
    public TimeSpan? Delay { get; init; }

    public string? GroupId { get; init; }

    public string? DeduplicationId { get; init; }

    public string SenderId { get; init; } = "";
}

/// <summary>A message as it lies on disk.</summary>
public sealed record StoredMessage
{
    public required Guid Id { get; init; }

    /// <summary>Its place in the queue, in which messages came; not part of the record but of its key.</summary>
    public long Sequence { get; init; }

    public required DateTimeOffset Sent { get; init; }

    public required string SenderId { get; init; }

    public required string Body { get; init; }

    public required IReadOnlyDictionary<string, MessageAttribute> Attributes { get; init; }

    public string? TraceHeader { get; init; }

    public string? GroupId { get; init; }

    public string? DeduplicationId { get; init; }

    /// <summary>The queue that it was moved away from for being received too often.</summary>
    public string? DeadLetterSource { get; init; }

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream(Body.Length + 128);
        using var writer = new BinaryWriter(bytes);
        writer.Write(Id.ToByteArray());
        writer.Write(Sent.ToUnixTimeMilliseconds());
        writer.Write(SenderId);
        writer.Write(Body);
        writer.WriteAttributes(Attributes);
        writer.WriteOptional(TraceHeader);
        writer.WriteOptional(GroupId);
        writer.WriteOptional(DeduplicationId);
        writer.WriteOptional(DeadLetterSource);
        return bytes.ToArray();
    }

    public static StoredMessage Read(long sequence, ReadOnlySpan<byte> value)
    {
        using var reader = new BinaryReader(new MemoryStream(value.ToArray(), writable: false));
        return new StoredMessage
        {
            Sequence = sequence,
            Id = new Guid(reader.ReadBytes(16)),
            Sent = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64()),
            SenderId = reader.ReadString(),
            Body = reader.ReadString(),
            Attributes = reader.ReadAttributes(),
            TraceHeader = reader.ReadOptional(),
            GroupId = reader.ReadOptional(),
            DeduplicationId = reader.ReadOptional(),
            DeadLetterSource = reader.ReadOptional(),
        };
    }
}

/// <summary>What a sender is told.</summary>
/// <param name="Sequence">Null in queues that are not FIFO.</param>
public sealed record SentMessage(Guid Id, string? Sequence);

/// <summary>A message in the hands of a receiver.</summary>
public sealed record ReceivedMessage(StoredMessage Message, string ReceiptHandle, int ReceiveCount, DateTimeOffset FirstReceived);
