using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using Lambray.Resources.Messaging;
using Lambray.Resources.Sqs;
using Lambray.Storage.Rocks;

namespace Lambray.Resources.Sns;

/// <summary>FIFO topics while they publish: one message behind the other, and none a second time within five minutes, also after a restart.</summary>
public sealed class FifoTopics
{
    readonly ConcurrentDictionary<string, FifoTopic> topics = new(StringComparer.Ordinal);
    readonly MessagingDatabase database;

    public FifoTopics(MessagingDatabase database, TopicDirectory directory)
    {
        this.database = database;
        foreach (var (topic, digest, first) in PublishedRows.All(database)) Of(topic).Remember(digest, first);
        // One of the same name is another topic.
        directory.Deleted += topic => topics.TryRemove(topic.Name, out _);
    }

    internal FifoTopic Of(string topic) => topics.GetOrAdd(topic, static (name, database) => new FifoTopic(database, name), database);
}

/// <summary>One FIFO topic.</summary>
sealed class FifoTopic(MessagingDatabase database, string name)
{
    readonly Lock gate = new();
    readonly Deduplication published = new();
    long last;

    /// <summary>What an earlier server has published.</summary>
    public void Remember(UInt128 digest, Duplicate first)
    {
        published.Add(digest, first, Task.CompletedTask);
        last = Math.Max(last, first.Sequence);
    }

    /// <summary>Sends a message out, unless it was before; the order of the calls is that of the messages everywhere.</summary>
    /// <param name="message">Gets the number under which it goes out; or the id and number of the first, when it is a duplicate.</param>
    /// <param name="send">Has begun to write what it sends when it returns.</param>
    public Task Publish(Topic topic, ref TopicMessage message, Func<TopicMessage, Task> send)
    {
        var id = message.DeduplicationId ?? Deduplication.IdOf(message.Body);
        var digest = Deduplication.DigestOf(id, topic.DeduplicatesByGroup ? message.GroupId : null);
        lock (gate)
        {
            var expired = published.TakeExpired(message.Published);
            if (published.Find(digest, message.Published, out var sent) is { } first)
            {
                message = message with { Id = first.MessageId, SequenceNumber = FifoNumber.Of(first.Sequence) };
                return sent;
            }
            // By the clock, so that numbers rise across restarts too.
            last = Math.Max(last + 1, message.Published.UtcTicks);
            message = message with { DeduplicationId = id, SequenceNumber = FifoNumber.Of(last) };
            var duplicate = new Duplicate(message.Id, last, message.Published + Deduplication.Interval);
            // Behind what is sent: after a crash, what is known as published has gone out.
            var task = Task.WhenAll(send(message), database.Writes.CommitAsync(batch => PublishedRows.Put(database, batch, name, digest, duplicate, expired), isSynced: true));
            published.Add(digest, duplicate, task);
            return ForgetFailedAsync(digest, task);
        }
    }

    async Task ForgetFailedAsync(UInt128 digest, Task task)
    {
        try
        {
            await task;
        }
        catch
        {
            lock (gate) published.Remove(digest);
            _ = database.Writes.CommitAsync(batch => PublishedRows.Delete(database, batch, name, digest), isSynced: false);
            throw;
        }
    }
}

/// <summary>What was published to FIFO topics, on disk: by topic, a zero byte, and digest.</summary>
static class PublishedRows
{
    const int DigestLength = 16;

    public static IEnumerable<(string Topic, UInt128 Digest, Duplicate First)> All(MessagingDatabase database)
    {
        using var cursor = database.Rocks.Walk(database.Published, [0], [0xff]);
        while (cursor.MoveNext())
            yield return (
                Encoding.UTF8.GetString(cursor.Key[..^(DigestLength + 1)]), BinaryPrimitives.ReadUInt128BigEndian(cursor.Key[^DigestLength..]), Duplicate.Read(cursor.Value));
    }

    /// <param name="expired">Those that count no more.</param>
    public static void Put(MessagingDatabase database, RocksBatch batch, string topic, UInt128 digest, Duplicate first, List<UInt128> expired)
    {
        batch.Put(database.Published, Key(topic, digest), first.ToBytes());
        foreach (var old in expired) Delete(database, batch, topic, old);
    }

    public static void Delete(MessagingDatabase database, RocksBatch batch, string topic, UInt128 digest) => batch.Delete(database.Published, Key(topic, digest));

    public static void Drop(MessagingDatabase database, RocksBatch batch, string topic) =>
        batch.DeleteRange(database.Published, Encoding.UTF8.GetBytes(topic + "\0"), Encoding.UTF8.GetBytes(topic + "\u0001"));

    static byte[] Key(string topic, UInt128 digest)
    {
        var key = new byte[Encoding.UTF8.GetByteCount(topic) + 1 + DigestLength];
        Encoding.UTF8.GetBytes(topic, key);
        BinaryPrimitives.WriteUInt128BigEndian(key.AsSpan(key.Length - DigestLength), digest);
        return key;
    }
}
