using Microsoft.Win32.SafeHandles;

namespace Lambray.Resources.S3.Bodies;

/// <summary>The bodies of objects as files, each under a name of its own that is never used again.</summary>
/// <remarks>
/// <code>
/// uploads/3f9a…      being received, or abandoned by a crash
/// objects/3f/3f9a…   whole and synced; visible once a row of the database names it
/// </code>
/// </remarks>
public sealed class ObjectFiles
{
    readonly string uploads;
    readonly string objects;

    public ObjectFiles(string dataDirectory)
    {
        uploads = Path.Combine(dataDirectory, "s3", "uploads");
        objects = Path.Combine(dataDirectory, "s3", "objects");
        Directory.CreateDirectory(uploads);
        foreach (var shard in Shards) Directory.CreateDirectory(Path.Combine(objects, shard));
        DirectorySync.Flush(objects);
    }

    static IEnumerable<string> Shards => Enumerable.Range(0, 256).Select(shard => shard.ToString("x2", null));

    internal SafeFileHandle Create(string file) =>
        File.OpenHandle(UploadPath(file), FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous);

    /// <summary>Gives a body a second name, among the uploads.</summary>
    internal bool TryLink(string file, string upload) => HardLink.TryCreate(ObjectPath(file), UploadPath(upload));

    /// <summary>Moves a synced upload to where it stays, durably.</summary>
    internal void Publish(string file)
    {
        var path = ObjectPath(file);
        File.Move(UploadPath(file), path);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
    }

    /// <exception cref="FileNotFoundException">It has been deleted.</exception>
    internal SafeFileHandle OpenRead(string file) => File.OpenHandle(
        ObjectPath(file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous | FileOptions.SequentialScan);

    internal void DeleteUpload(string file) => File.Delete(UploadPath(file));

    internal void Delete(string file) => File.Delete(ObjectPath(file));

    /// <summary>Removes what a crash left behind. To be called before anything is received.</summary>
    /// <param name="listNamed">The files that rows name, among those whose name begins so.</param>
    internal void DeleteOrphans(Func<string, IReadOnlySet<string>> listNamed)
    {
        foreach (var path in Directory.EnumerateFiles(uploads)) File.Delete(path);
        foreach (var shard in Shards)
        {
            var found = Directory.GetFiles(Path.Combine(objects, shard));
            if (found.Length == 0) continue;
            var named = listNamed(shard);
            foreach (var path in found)
                if (!named.Contains(Path.GetFileName(path))) File.Delete(path);
        }
    }

    string UploadPath(string file) => Path.Combine(uploads, file);

    string ObjectPath(string file) => Path.Combine(objects, file[..2], file);
}
