using Lambray.Resources.Iam;
using Lambray.Resources.S3;
using Lambray.Storage;

namespace Lambray.Resources;

/// <summary>The one embedded database of all resources, <c>resources.db</c>, and the history of its schema.</summary>
public static class ResourcesDatabase
{
    /// <summary>In the order they were ever added, whichever resource they belong to: only ever appended to.</summary>
    static readonly string[] Migrations = [IamTables.RolesAndPolicies, S3Tables.BucketsAndObjects, S3Tables.VersionsUploadsEvents, IamTables.UsersAndGroups, RecordTable.Migration, IamTables.Sessions, S3Tables.SmallBodies];

    public static SqliteDatabase Open(string dataDirectory) =>
        SqliteDatabase.Open(Path.Combine(dataDirectory, "resources.db"), Migrations);
}
