using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Storage;

namespace Lambray.Tracing.Insights;

/// <summary>The insights of the last 30 days, with what became of each minute by minute.</summary>
/// <remarks>
/// Times are seconds since 1970.
/// <code>
/// insight        id        group_arn            started     ended       json
///                0a1b…     arn:…:group/Default  1795394940  1795395300  {"Id":"0a1b…","GroupName":"Default",…
/// insight_event  insight   time        json
///                0a1b…     1795395120  {"Summary":"12 of 40 requests to …
/// </code>
/// </remarks>
public sealed class InsightStore(SqliteDatabase database)
{
    public const string Migration = """
        CREATE TABLE insight (id TEXT PRIMARY KEY, group_arn TEXT NOT NULL, started INTEGER NOT NULL, ended INTEGER, json TEXT NOT NULL);
        CREATE INDEX insight_by_group ON insight (group_arn, started);
        CREATE TABLE insight_event (
            insight TEXT NOT NULL REFERENCES insight(id) ON DELETE CASCADE, time INTEGER NOT NULL, json TEXT NOT NULL, PRIMARY KEY (insight, time)
        ) WITHOUT ROWID;
        """;

    static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Keeps the insights as they stand now, each with an event, and drops those that ended 30 days before.</summary>
    public Task PutAsync(IReadOnlyList<Insight> insights, DateTimeOffset now) => database.WriteAsync(connection =>
    {
        foreach (var insight in insights)
        {
            connection.Run(
                "INSERT INTO insight (id, group_arn, started, ended, json) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO UPDATE SET ended = $4, json = $5",
                insight.Id.ToString(), insight.GroupArn, insight.Started.ToUnixTimeSeconds(), insight.Ended?.ToUnixTimeSeconds(),
                JsonSerializer.Serialize(insight, InsightJson.Default.Insight));
            connection.Run(
                "INSERT INTO insight_event (insight, time, json) VALUES ($1, $2, $3) ON CONFLICT DO UPDATE SET json = $3",
                insight.Id.ToString(), insight.Updated.ToUnixTimeSeconds(), JsonSerializer.Serialize(InsightEvent.Of(insight), InsightJson.Default.InsightEvent));
        }
        connection.Run("DELETE FROM insight WHERE ended < $1", (now - Kept).ToUnixTimeSeconds());
    });

    public Insight? Find(string id) =>
        database.Read(connection => connection.One("SELECT json FROM insight WHERE id = $1", row => ReadInsight(row.GetString(0)), id.ToLowerInvariant()));

    public IReadOnlyList<Insight> FindActive(string groupArn) => database.Read(connection => connection.All(
        "SELECT json FROM insight WHERE group_arn = $1 AND ended IS NULL ORDER BY started", row => ReadInsight(row.GetString(0)), groupArn));

    /// <summary>Those of a group that went on at some time of a range, newest first, at most so many.</summary>
    /// <param name="isActive">Only those that go on still, or only those that do not; null for both.</param>
    /// <param name="after">The last of the page before.</param>
    public IReadOnlyList<Insight> FindPage(
        string groupArn, DateTimeOffset start, DateTimeOffset end, bool? isActive, (long Started, string Id)? after, int countMax) =>
        database.Read(connection => connection.All(
            """
            SELECT json FROM insight
            WHERE group_arn = $1 AND started < $2 AND (ended IS NULL OR ended > $3) AND ($4 IS NULL OR (ended IS NULL) = $4) AND (started, id) < ($5, $6)
            ORDER BY started DESC, id DESC LIMIT $7
            """,
            row => ReadInsight(row.GetString(0)), groupArn, end.ToUnixTimeSeconds(), start.ToUnixTimeSeconds(), isActive is { } active ? (active ? 1 : 0) : null,
            after?.Started ?? long.MaxValue, after?.Id ?? "", countMax));

    /// <summary>What became of an insight, latest first, at most so many before a time.</summary>
    public IReadOnlyList<InsightEvent> FindEvents(Guid id, DateTimeOffset? before, int countMax) => database.Read(connection => connection.All(
        "SELECT json FROM insight_event WHERE insight = $1 AND time < $2 ORDER BY time DESC LIMIT $3",
        row => JsonSerializer.Deserialize(row.GetString(0), InsightJson.Default.InsightEvent)!, id.ToString(),
        before?.ToUnixTimeSeconds() ?? long.MaxValue, countMax));

    static Insight ReadInsight(string json) => JsonSerializer.Deserialize(json, InsightJson.Default.Insight)!;
}

[JsonSerializable(typeof(Insight))]
[JsonSerializable(typeof(InsightEvent))]
sealed partial class InsightJson : JsonSerializerContext;
