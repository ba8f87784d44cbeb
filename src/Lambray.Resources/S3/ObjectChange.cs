using Lambray.Resources.S3.Bodies;
using Lambray.Resources.S3.Notifications;
using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.S3;

/// <summary>One change of objects while it is written: all of it becomes true at once, the events that tell of it included.</summary>
sealed class ObjectChange(SqliteConnection connection)
{
    readonly List<(string Body, IReadOnlyList<string> Files)> dropped = [];

    public SqliteConnection Connection => connection;

    /// <summary>Whether it left notifications to be delivered.</summary>
    public bool HasNotifications { get; private set; }

    /// <summary>A number near the time, so that those of different servers compare as well as their clocks do; never twice the same.</summary>
    public long NextSequence(DateTimeOffset now) => connection.One(
        "UPDATE s3_sequence SET value = max(value + 1, $1) RETURNING value", row => row.GetInt64(0), (now - DateTimeOffset.UnixEpoch).Ticks);

    /// <summary>No row names this version any more; its files go once that is on disk.</summary>
    public void Drop(StoredObject version)
    {
        if (version.IsDeleteMarker || (version.MayBeSmall && BodyRows.DeleteSmall(connection, version.File))) return;
        dropped.Add((version.File, version.PartCount == 0 ? [version.File] : BodyRows.Delete(connection, version.File)));
    }

    /// <inheritdoc cref="Drop(StoredObject)"/>
    public void Drop(string file) => dropped.Add((file, [file]));

    public void Tell(ObjectEvent happened) => HasNotifications |= NotificationRows.Insert(connection, happened);

    /// <summary>Tells one target something that no rule is about.</summary>
    public void Tell(string target, Bucket bucket, byte[] message, RequestOrigin origin, DateTimeOffset now)
    {
        NotificationRows.Insert(connection, target, bucket.Name, message, origin.Trace, now);
        HasNotifications = true;
    }

    public void RemoveFiles(BodyStore bodies)
    {
        foreach (var (body, files) in dropped) bodies.Delete(body, files);
    }
}

/// <summary>Writes changes of objects.</summary>
/// <remarks>(1) rows and notifications are committed, (2) files that are no longer named are removed, (3) delivery is begun. A crash in between costs nothing.</remarks>
public sealed class ObjectChanges(SqliteDatabase database, BodyStore bodies)
{
    /// <summary>Raised after notifications have been written.</summary>
    public event Action? Notified;

    internal async Task<T> Write<T>(Func<ObjectChange, T> write)
    {
        ObjectChange change = null!;
        var value = await database.WriteAsync(connection => write(change = new ObjectChange(connection)));
        change.RemoveFiles(bodies);
        if (change.HasNotifications) Notified?.Invoke();
        return value;
    }
}
