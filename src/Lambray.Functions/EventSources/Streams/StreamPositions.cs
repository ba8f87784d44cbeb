using System.Text.Json;
using Lambray.Storage;

namespace Lambray.Functions.EventSources.Streams;

/// <summary>The progress of all mappings in the shards of their streams; it goes with the mapping.</summary>
public sealed class StreamPositions(SqliteDatabase database)
{
    /// <summary>By shard; empty for a mapping that has not begun.</summary>
    public Dictionary<string, ShardProgress> Load(Guid mapping) => database
        .Read(connection => connection.All(
            "SELECT shard, progress FROM stream_positions WHERE mapping = $1", row => (Shard: row.GetString(0), Progress: row.GetString(1)), mapping.ToString()))
        .ToDictionary(row => row.Shard, row => JsonSerializer.Deserialize(row.Progress, ShardProgressJson.Default.ShardProgress)!);

    /// <summary>Writes how far a shard is when its turn comes, so that of two writes the later never says less.</summary>
    public Task SaveAsync(Guid mapping, string shard, Func<ShardProgress> progress) => SaveAsync(mapping, () => [(shard, progress())]);

    /// <summary>All of them, or none.</summary>
    public Task SaveAsync(Guid mapping, Func<IEnumerable<(string Shard, ShardProgress Progress)>> shards) => database.WriteAsync(connection =>
    {
        foreach (var (shard, progress) in shards())
            connection.Run(
                // A mapping that was deleted meanwhile leaves nothing.
                "INSERT OR REPLACE INTO stream_positions (mapping, shard, progress) SELECT $1, $2, $3 WHERE EXISTS (SELECT 1 FROM event_source_mappings WHERE uuid = $1)",
                mapping.ToString(), shard, JsonSerializer.Serialize(progress, ShardProgressJson.Default.ShardProgress));
    });

    /// <summary>Forgets shards that the stream does not keep any more.</summary>
    public Task ForgetAsync(Guid mapping, IReadOnlyList<string> shards) => database.WriteAsync(connection =>
    {
        foreach (var shard in shards) connection.Run("DELETE FROM stream_positions WHERE mapping = $1 AND shard = $2", mapping.ToString(), shard);
    });
}
