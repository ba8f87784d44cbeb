using Lambray.Resources.Messaging;

namespace Lambray.Resources.Sns.Delivery;

/// <summary>A message on its way to one subscription, as it lies on disk.</summary>
/// <param name="Failed">How many attempts have failed.</param>
sealed record StoredDelivery(string Topic, Guid Subscription, int Failed, TopicMessage Message)
{
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream(Message.Body.Length + 256);
        using var writer = new BinaryWriter(bytes);
        writer.Write(Topic);
        writer.Write(Subscription.ToByteArray());
        writer.Write(Failed);
        writer.Write(Message.Id.ToByteArray());
        writer.Write(Message.Body);
        writer.Write7BitEncodedInt(Message.ByProtocol?.Count ?? -1);
        foreach (var (protocol, text) in Message.ByProtocol ?? new Dictionary<string, string>())
        {
            writer.Write(protocol);
            writer.Write(text);
        }
        writer.WriteAttributes(Message.Attributes);
        writer.WriteOptional(Message.Subject);
        writer.Write(Message.Published.ToUnixTimeMilliseconds());
        writer.WriteOptional(Message.TraceHeader);
        writer.Write(Message.Server);
        return bytes.ToArray();
    }

    public static StoredDelivery Read(ReadOnlySpan<byte> value)
    {
        using var reader = new BinaryReader(new MemoryStream(value.ToArray(), writable: false));
        var (topic, subscription, failed) = (reader.ReadString(), new Guid(reader.ReadBytes(16)), reader.ReadInt32());
        var (id, body) = (new Guid(reader.ReadBytes(16)), reader.ReadString());
        var texts = reader.Read7BitEncodedInt() is >= 0 and var count
            ? Enumerable.Range(0, count).Select(_ => KeyValuePair.Create(reader.ReadString(), reader.ReadString())).ToDictionary()
            : null;
        return new StoredDelivery(topic, subscription, failed, new TopicMessage(body, texts, reader.ReadAttributes())
        {
            Id = id,
            Subject = reader.ReadOptional(),
            Published = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64()),
            TraceHeader = reader.ReadOptional(),
            Server = reader.ReadString(),
        });
    }
}
