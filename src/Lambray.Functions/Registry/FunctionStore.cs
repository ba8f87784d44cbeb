using System.Globalization;
using Lambray.Storage;

namespace Lambray.Functions.Registry;

/// <summary>Functions and their published versions: the truth on disk, in memory what was used last.</summary>
/// <remarks>
/// However many there are, nothing is read at the start, a name is one row, and a list is one range of rows. Changes are on disk
/// before they are seen. Whoever changes a function holds its lock from reading to saving.
/// </remarks>
public sealed class FunctionStore(SqliteDatabase database) : IDisposable
{
    const int FunctionsInMemoryMax = 2_000;
    const int VersionsInMemoryMax = 2_000;
    const int Locks = 64;

    readonly RecentlyUsed<string, RegisteredFunction> functions = new(FunctionsInMemoryMax);
    readonly RecentlyUsed<(string Name, long Number), FunctionModel> versions = new(VersionsInMemoryMax);

    // Functions share locks by chance, which costs a little waiting and bounds their number.
    readonly SemaphoreSlim[] locks = [.. Enumerable.Range(0, Locks).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Raised after a change is durable, with the name of the function that changed or went.</summary>
    public event Action<string>? Changed;

    public RegisteredFunction? Find(string name) =>
        functions.Find(name, wanted => database.Read(connection => FunctionRows.Find(connection, wanted)));

    /// <param name="version"><c>$LATEST</c> or a number.</param>
    public FunctionModel? FindVersion(string name, string version)
    {
        if (version == FunctionName.Latest) return Find(name)?.Latest;
        return long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? versions.Find((name, number), key => database.Read(connection => FunctionRows.FindVersion(connection, key.Name, key.Number)))
            : null;
    }

    /// <summary>In the order of their names, from behind this one.</summary>
    public IReadOnlyList<RegisteredFunction> List(string after, int count) => database.Read(connection => FunctionRows.List(connection, after, count));

    /// <summary>Published ones in the order of their numbers, from behind this one.</summary>
    public IReadOnlyList<FunctionModel> ListVersions(string name, long after, int count) =>
        database.Read(connection => FunctionRows.ListVersions(connection, name, after, count));

    /// <summary>Those whose creation or update was not yet prepared.</summary>
    public IReadOnlyList<RegisteredFunction> ListUnfinished() => database.Read(FunctionRows.ListUnfinished);

    /// <summary>What all functions together have reserved.</summary>
    public int ReservedConcurrencyTotal() => database.Read(FunctionRows.ReservedConcurrencyTotal);

    /// <summary>Waits until nobody else changes the function. To be disposed.</summary>
    public async Task<IDisposable> LockAsync(string name)
    {
        var held = locks[(uint)name.GetHashCode(StringComparison.Ordinal) % Locks];
        await held.WaitAsync();
        return new Release(held);
    }

    /// <param name="published">A version to save in the same step.</param>
    public async Task SaveAsync(RegisteredFunction function, FunctionModel? published = null)
    {
        await database.WriteAsync(connection =>
        {
            FunctionRows.Save(connection, function);
            if (published is not null) FunctionRows.SaveVersion(connection, published);
        });
        if (published is not null) versions.Put((function.Name, long.Parse(published.Version, CultureInfo.InvariantCulture)), published);
        functions.Put(function.Name, function);
        Changed?.Invoke(function.Name);
    }

    /// <summary>Removes a function with all its versions.</summary>
    public async Task DeleteAsync(RegisteredFunction function)
    {
        await database.WriteAsync(connection => FunctionRows.Delete(connection, function.Name));
        versions.RemoveAll(key => key.Name == function.Name);
        functions.Remove(function.Name);
        Changed?.Invoke(function.Name);
    }

    public async Task DeleteVersionAsync(RegisteredFunction function, long version)
    {
        await database.WriteAsync(connection => FunctionRows.DeleteVersion(connection, function.Name, version));
        versions.Remove((function.Name, version));
        Changed?.Invoke(function.Name);
    }

    public void Dispose()
    {
        foreach (var held in locks) held.Dispose();
    }

    sealed class Release(SemaphoreSlim held) : IDisposable
    {
        public void Dispose() => held.Release();
    }
}
