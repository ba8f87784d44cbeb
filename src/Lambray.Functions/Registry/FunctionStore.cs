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

    /// <summary>Every function's <c>$LATEST</c> (as version 0) and published versions, by name and number, from behind one of them.</summary>
    public IReadOnlyList<FunctionModel> ListAllVersions(string afterName, long afterVersion, int count) =>
        database.Read(connection => FunctionRows.ListAllVersions(connection, afterName, afterVersion, count));

    /// <summary>Functions that have provisioned concurrency, by name.</summary>
    public IReadOnlyList<RegisteredFunction> ListProvisioned() => database.Read(FunctionRows.ListProvisioned);

    /// <summary>Names of the functions that a code signing configuration is attached to, in order, from behind this one.</summary>
    public IReadOnlyList<string> ListByCodeSigningConfig(string arn, string after, int count) =>
        database.Read(connection => FunctionRows.ListByCodeSigningConfig(connection, arn, after, count));

    /// <summary>Which function's address this is.</summary>
    public (string Name, string Qualifier)? FindUrl(string id) => database.Read(connection => FunctionRows.FindUrl(connection, id));

    /// <summary>How many functions there are, and the bytes of their packages, their versions' and the layers'.</summary>
    public (long Functions, long CodeBytes) Measure() => database.Read(FunctionRows.Measure);

    /// <summary>What all functions together have reserved.</summary>
    public int ReservedConcurrencyTotal() => database.Read(FunctionRows.ReservedConcurrencyTotal);

    /// <summary>Whether a function, a version or a layer needs the package.</summary>
    public bool IsCodeUsed(string sha256) => database.Read(connection => FunctionRows.IsCodeUsed(connection, sha256));

    /// <summary>Those whose creation or update was not yet prepared.</summary>
    public IReadOnlyList<RegisteredFunction> ListUnfinished() => database.Read(FunctionRows.ListUnfinished);

    /// <summary>Waits until nobody else changes the function. To be disposed.</summary>
    public async Task<IDisposable> LockAsync(string name)
    {
        var held = locks[(uint)name.GetHashCode(StringComparison.Ordinal) % Locks];
        await held.WaitAsync();
        return new Release(held);
    }

    /// <summary>Changes one function, alone.</summary>
    /// <param name="change">Given null when there is no such function.</param>
    public async Task<RegisteredFunction> ChangeAsync(string name, Func<RegisteredFunction?, RegisteredFunction> change)
    {
        using var held = await LockAsync(name);
        var current = Find(name);
        var changed = change(current);
        if (changed != current) await SaveAsync(changed);
        return changed;
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

    /// <param name="function">As it is to be without the version.</param>
    public async Task DeleteVersionAsync(RegisteredFunction function, long version)
    {
        await database.WriteAsync(connection =>
        {
            FunctionRows.DeleteVersion(connection, function.Name, version);
            FunctionRows.Save(connection, function);
        });
        versions.Remove((function.Name, version));
        functions.Put(function.Name, function);
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
