using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>Whether there is a role, user or group of that name.</summary>
static class Entities
{
    /// <returns>The holder with its name spelt as it was created.</returns>
    /// <exception cref="Aws.AwsException">NoSuchEntity.</exception>
    public static PolicyHolder Require(SqliteConnection connection, PolicyHolder holder)
    {
        var table = holder.Kind switch
        {
            EntityKind.Role => "roles",
            EntityKind.User => "users",
            _ => "groups",
        };
        var name = connection.One($"SELECT name FROM {table} WHERE name = $1", row => row.GetString(0), holder.Name);
        return name is null ? throw IamErrors.NotFound(holder.Kind, holder.Name) : holder with { Name = name };
    }
}
