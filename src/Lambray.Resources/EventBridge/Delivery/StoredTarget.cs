using Lambray.Aws;
using Lambray.Resources.Messaging;

namespace Lambray.Resources.EventBridge.Delivery;

/// <summary>An event on its way to one target, as it lies on disk.</summary>
/// <param name="Failed">How many attempts have failed.</param>
/// <param name="Since">When the event came in.</param>
sealed record StoredTarget(string Bus, string Rule, string Target, int Failed, DateTimeOffset Since, BusEvent Event)
{
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream(Event.Detail.Length + 256);
        using var writer = new BinaryWriter(bytes);
        writer.Write(Bus);
        writer.Write(Rule);
        writer.Write(Target);
        writer.Write(Failed);
        writer.Write(Since.ToUnixTimeMilliseconds());
        writer.Write(Event.Id.ToByteArray());
        writer.Write(Event.Source);
        writer.Write(Event.DetailType);
        writer.Write(Event.Detail);
        writer.Write(Event.Time.ToUnixTimeMilliseconds());
        writer.Write7BitEncodedInt(Event.Resources.Count);
        foreach (var resource in Event.Resources) writer.Write(resource);
        writer.WriteOptional(Event.TraceHeader);
        writer.Write7BitEncodedInt(Event.Hops);
        return bytes.ToArray();
    }

    public static StoredTarget Read(byte[] record, AwsHome home)
    {
        using var reader = new BinaryReader(new MemoryStream(record, writable: false));
        var (bus, rule, target, failed) = (reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadInt32());
        var since = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
        var (id, source, type, detail) = (new Guid(reader.ReadBytes(16)), reader.ReadString(), reader.ReadString(), reader.ReadString());
        var at = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
        var resources = new string[reader.Read7BitEncodedInt()];
        for (var i = 0; i < resources.Length; i++) resources[i] = reader.ReadString();
        return new StoredTarget(bus, rule, target, failed, since, new BusEvent(id, source, type, detail, at, resources)
        {
            Home = home,
            TraceHeader = reader.ReadOptional(),
            Hops = reader.Read7BitEncodedInt(),
        });
    }
}
