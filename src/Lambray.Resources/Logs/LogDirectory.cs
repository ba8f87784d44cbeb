using Lambray.Aws;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Logs;

/// <summary>The log groups of the account and their streams.</summary>
/// <remarks>A change is on disk once its task completes; what it lists includes everything written before the call.</remarks>
public sealed class LogDirectory(LogStore store, TimeProvider time)
{
    /// <summary>A group as it is when nobody has asked for anything else.</summary>
    public static LogGroup NewGroup(string name, DateTimeOffset created) =>
        new(name, created, RetentionDays: null, LogGroup.StandardClass, IsProtected: false, new Dictionary<string, string>(), StoredBytes: 0);

    /// <param name="change">Of what the group begins with.</param>
    public Task CreateGroupAsync(string name, Func<LogGroup, LogGroup> change) => store.Database.WriteAsync(connection =>
    {
        if (GroupRows.Find(connection, name) is not null) throw LogErrors.GroupExists();
        GroupRows.Insert(connection, change(NewGroup(name, time.GetUtcNow())));
    });

    /// <summary>Changes retention, protection or tags.</summary>
    public Task ChangeGroupAsync(string name, Func<LogGroup, LogGroup> change) =>
        store.Database.WriteAsync(connection => GroupRows.Update(connection, change(GroupRows.Get(connection, name))));

    /// <summary>Deletes it with all that is in it.</summary>
    public async Task DeleteGroupAsync(string name)
    {
        // What still waits to be written would bring it back.
        await store.FlushAsync();
        await store.Database.WriteAsync(connection =>
        {
            var group = GroupRows.Get(connection, name);
            if (group.IsProtected) throw new AwsException("ValidationException", 400, "Log group is protected from deletion. Disable deletion protection before deleting it.");
            GroupRows.Delete(connection, group);
        });
    }

    public Task<LogGroup> GetGroupAsync(string name) => ReadAsync(connection => GroupRows.Get(connection, name));

    /// <summary>Sorted by name.</summary>
    public Task<IReadOnlyList<LogGroup>> ListGroupsAsync() => ReadAsync(GroupRows.List);

    public Task CreateStreamAsync(string group, string stream) => store.Database.WriteAsync(connection =>
    {
        var into = GroupRows.Get(connection, group);
        if (StreamRows.Find(connection, into, stream) is not null) throw LogErrors.StreamExists();
        StreamRows.Insert(connection, into, stream, time.GetUtcNow());
    });

    /// <summary>Deletes it with its events.</summary>
    public async Task DeleteStreamAsync(string group, string stream)
    {
        await store.FlushAsync();
        await store.Database.WriteAsync(connection =>
        {
            var from = GroupRows.Get(connection, group);
            var deleted = StreamRows.Get(connection, from, stream);
            GroupRows.AddStoredBytes(connection, from.Number, -BlockRows.BytesOf(connection, deleted));
            StreamRows.Delete(connection, deleted);
        });
    }

    /// <summary>Those whose names begin so, sorted by name.</summary>
    public Task<IReadOnlyList<LogStream>> ListStreamsAsync(string group, string prefix = "") =>
        ReadAsync(connection => StreamRows.List(connection, GroupRows.Get(connection, group), prefix));

    async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read)
    {
        await store.FlushAsync();
        return store.Database.Read(read);
    }
}
