using Lambray.Storage;
using Lambray.Tracing.Insights;

namespace Lambray.Tracing;

/// <summary>What the account has set for X-Ray, and what was found out of its traces: <c>xray.db</c>. The traces themselves are elsewhere.</summary>
public static class XRayDatabase
{
    /// <summary>In the order they were ever added: only ever appended to.</summary>
    static readonly string[] Migrations = [RecordTable.Migration, InsightStore.Migration];

    public static SqliteDatabase Open(string dataDirectory) => SqliteDatabase.Open(Path.Combine(dataDirectory, "xray.db"), Migrations);
}
