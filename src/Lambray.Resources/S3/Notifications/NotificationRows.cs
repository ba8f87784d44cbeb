using Lambray.Aws;
using Lambray.Resources.S3.Settings;
using Lambray.Storage;
using Lambray.Tracing.Segments;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.S3.Notifications;

/// <summary>Notifications that wait to be delivered, as they stand in the database.</summary>
static class NotificationRows
{
    /// <summary>Writes what a bucket's rules say of an event, in the transaction that makes it happen.</summary>
    /// <returns>Whether anybody is to be told.</returns>
    public static bool Insert(SqliteConnection connection, ObjectEvent happened)
    {
        // Most buckets have none: then nothing is read but that.
        if (SettingRows.Find(connection, happened.Bucket.Name, NotificationConfig.SettingName) is not { } document) return false;
        var config = NotificationConfig.Read(document);
        var any = false;
        if (config.ToEventBridge && EventMessage.FindForBus(happened) is { } told)
        {
            Insert(connection, $"arn:aws:events:{happened.Bucket.Region}::event-bus/default", happened.Bucket.Name, told, happened.Origin.Trace, happened.At);
            any = true;
        }
        foreach (var rule in config.Rules)
        {
            if (!rule.Matches(happened.Name, happened.Subject.Key)) continue;
            Insert(connection, rule.Target, happened.Bucket.Name, EventMessage.Of(happened, rule.Id), happened.Origin.Trace, happened.At);
            any = true;
        }
        return any;
    }

    public static void Insert(SqliteConnection connection, string target, string bucket, byte[] message, TraceHeader trace, DateTimeOffset now) => connection.Run(
        "INSERT INTO s3_notifications (due, attempts, since, target, bucket, message, trace) VALUES ($1, 0, $1, $2, $3, $4, $5)",
        now.ToUnixTimeMilliseconds(), target, bucket, message, trace.ToString());

    /// <summary>Those that are due, in the order that they were written, but for these.</summary>
    public static List<WaitingNotification> ListDue(SqliteConnection connection, DateTimeOffset now, IReadOnlySet<long> without, int count) => [.. connection.Each(
        "SELECT id, attempts, since, target, bucket, message, trace FROM s3_notifications WHERE due <= $1 ORDER BY due, id", Read, now.ToUnixTimeMilliseconds())
        .Where(waiting => !without.Contains(waiting.Id)).Take(count)];

    /// <summary>When the next of those is due that are not yet; null when there is none.</summary>
    public static DateTimeOffset? NextDue(SqliteConnection connection, DateTimeOffset now) => connection.One<DateTimeOffset?>(
        "SELECT min(due) FROM s3_notifications WHERE due > $1", row => row.IsDBNull(0) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)),
        now.ToUnixTimeMilliseconds());

    public static void PutBack(SqliteConnection connection, long id, DateTimeOffset due) => connection.Run(
        "UPDATE s3_notifications SET attempts = attempts + 1, due = $1 WHERE id = $2", due.ToUnixTimeMilliseconds(), id);

    public static void Delete(SqliteConnection connection, long id) => connection.Run("DELETE FROM s3_notifications WHERE id = $1", id);

    static WaitingNotification Read(SqliteDataReader row)
    {
        if (!Arn.TryParse(row.GetString(3), out var target)) throw new InvalidDataException($"Notification {row.GetInt64(0)} has no target.");
        return new WaitingNotification(
            row.GetInt64(0), row.GetInt32(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
            new Notification(target, new Arn("aws", "s3", "", "", row.GetString(4)), row.GetFieldValue<byte[]>(5), TraceHeader.Parse(row.GetString(6))));
    }
}

/// <param name="Attempts">Deliveries that failed.</param>
/// <param name="Since">When it was written.</param>
sealed record WaitingNotification(long Id, int Attempts, DateTimeOffset Since, Notification Notification);
