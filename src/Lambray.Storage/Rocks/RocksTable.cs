namespace Lambray.Storage.Rocks;

/// <summary>How one of a database's ordered tables (RocksDB's column families) is kept.</summary>
/// <param name="BlockBytes">Read, compressed and cached as one: large for long values, small for keys that are looked up.</param>
/// <param name="LookedUp">Single keys are looked up, many of them not there: a filter spares most of those reads.</param>
public sealed record RocksTableShape(string Name, int BlockBytes, bool LookedUp = false);

/// <summary>An ordered table of an open database.</summary>
public sealed class RocksTable
{
    internal RocksTable(nint handle) => Handle = handle;

    internal nint Handle { get; }
}
