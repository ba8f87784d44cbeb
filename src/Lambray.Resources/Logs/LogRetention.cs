using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Logs;

/// <summary>How much is kept: in each group as long as it says, and altogether no more than there is room for.</summary>
/// <param name="BytesMax">On disk; when more is used, what came first goes first.</param>
public sealed record LogRetention(long BytesMax)
{
    static readonly TimeSpan EmptyStreams = TimeSpan.FromDays(1);

    internal static void ApplyToGroups(SqliteConnection connection, DateTimeOffset now)
    {
        foreach (var group in GroupRows.List(connection))
            if (group.RetentionDays is not null) BlockRows.DeleteBefore(connection, group, group.ExpiredBefore(now));
        StreamRows.DeleteEmptied(connection, now - EmptyStreams);
    }

    internal void KeepWithinRoom(SqliteConnection connection)
    {
        while (connection.UsedBytes() > BytesMax && BlockRows.DeleteOldest(connection) > 0)
        {
        }
    }
}
