using Lambray.Aws;
using Lambray.Resources.Iam.Policies;
using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>The database of IAM, and what requests ask of it all the time, which is remembered until it changes.</summary>
public sealed class IamStore(SqliteDatabase database, AwsHome home, TimeProvider time)
{
    internal AwsHome Home => home;

    internal DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The policies of roles and users, parsed.</summary>
    internal UntilChanged<Arn, PolicySet> Permissions { get; } = new();

    /// <summary>Access keys of users by their id.</summary>
    internal UntilChanged<string, UserKey> Keys { get; } = new();

    internal T Read<T>(Func<SqliteConnection, T> read) => database.Read(read);

    /// <summary>The change is on disk once this completes, and every decision from then on knows it.</summary>
    internal async Task<T> Change<T>(Func<SqliteConnection, T> write)
    {
        var result = await database.WriteAsync(write);
        Forget();
        return result;
    }

    /// <inheritdoc cref="Change{T}"/>
    internal async Task Change(Action<SqliteConnection> write)
    {
        await database.WriteAsync(write);
        Forget();
    }

    /// <summary>For what no decision depends on.</summary>
    internal Task Note(Action<SqliteConnection> write) => database.WriteAsync(write);

    void Forget()
    {
        Permissions.Forget();
        Keys.Forget();
    }
}
