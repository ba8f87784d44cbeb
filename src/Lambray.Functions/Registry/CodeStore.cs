using System.IO.Compression;
using System.Security.Cryptography;
using Lambray.Aws;

namespace Lambray.Functions.Registry;

/// <summary>Deployment packages on disk, kept once per content: the zip as it came, and its files as functions see them.</summary>
/// <remarks>
/// <code>
/// code/
///   3fd1…9a.zip      named by the SHA-256 of its bytes
///   3fd1…9a/         unpacked, read-only to functions
/// </code>
/// Both appear by rename, so a crash leaves a whole one or none.
/// </remarks>
public sealed class CodeStore
{
    public const long ZippedBytesMax = 52_428_800;
    public const long UnzippedBytesMax = 262_144_000;
    const int CopyBufferBytes = 64 * 1024;
    const int UnixModeShift = 16;
    const UnixFileMode AllMayRead = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    const UnixFileMode AllMayExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    readonly string directory;
    readonly TimeProvider time;
    readonly Lock renewing = new();

    public CodeStore(string directory, TimeProvider time)
    {
        (this.directory, this.time) = (directory, time);
        Directory.CreateDirectory(directory);
        foreach (var leftover in Directory.EnumerateFileSystemEntries(directory, "*.part")) Delete(leftover);
    }

    /// <summary>Keeps a package after checking that it is one.</summary>
    /// <exception cref="AwsException">Not a zip, too large, or with entries that would land outside the function's folder.</exception>
    public async Task<CodePackage> AddAsync(ReadOnlyMemory<byte> zip, long zippedBytesMax = ZippedBytesMax)
    {
        if (zip.Length > zippedBytesMax)
            throw new AwsException("RequestEntityTooLargeException", 413, $"Zipped size must be smaller than {zippedBytesMax} bytes");
        Inspect(zip);
        var hash = SHA256.HashData(zip.Span);
        var package = new CodePackage(Convert.ToBase64String(hash), zip.Length);
        var path = ZipPath(package.Sha256);
        if (TryRenew(path)) return package;
        var part = $"{path}.{Guid.NewGuid():n}.part";
        await using (var file = File.Create(part))
        {
            await file.WriteAsync(zip);
            file.Flush(flushToDisk: true);
        }
        File.SetLastWriteTimeUtc(part, time.GetUtcNow().UtcDateTime);
        File.Move(part, path, overwrite: true);
        return package;
    }

    /// <summary>The packages that are kept, by the SHA-256 of their bytes in base64.</summary>
    public IEnumerable<string> List() => Directory.EnumerateFiles(directory, "*.zip")
        .Select(path => Convert.ToBase64String(Convert.FromHexString(Path.GetFileNameWithoutExtension(path))));

    /// <summary>Removes a package, unless it was added (or added again) since some time.</summary>
    public void RemoveIfOlder(string sha256, DateTimeOffset addedBefore)
    {
        var path = ZipPath(sha256);
        lock (renewing)
        {
            if (!File.Exists(path) || File.GetLastWriteTimeUtc(path) >= addedBefore) return;
            File.Delete(path);
        }
        var folder = Path.ChangeExtension(path, null);
        if (!Directory.Exists(folder)) return;
        // Out of the way first: whoever adds the package again has the place for themselves.
        var part = $"{folder}.{Guid.NewGuid():n}.part";
        Directory.Move(folder, part);
        Delete(part);
    }

    // What is added again is as new, and not to be removed from under whoever adds it.
    bool TryRenew(string path)
    {
        lock (renewing)
        {
            if (!File.Exists(path)) return false;
            File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
            return true;
        }
    }

    /// <summary>The folder with the package's files, unpacked if they are not there yet.</summary>
    public string Unpack(string sha256)
    {
        var target = Path.ChangeExtension(ZipPath(sha256), null);
        if (Directory.Exists(target)) return target;
        var part = $"{target}.{Guid.NewGuid():n}.part";
        Directory.CreateDirectory(part);
        using (var archive = ZipFile.OpenRead(ZipPath(sha256)))
        {
            foreach (var entry in archive.Entries.Where(entry => !PackageLinks.IsOne(entry))) Extract(entry, part);
            // Whatever this server's umask: functions run as other users.
            foreach (var folder in Directory.EnumerateDirectories(part, "*", SearchOption.AllDirectories).Append(part))
                File.SetUnixFileMode(folder, AllMayRead | AllMayExecute);
            // Links come last, so that nothing is written through one.
            foreach (var link in archive.Entries.Where(PackageLinks.IsOne)) PackageLinks.Extract(link, part);
        }
        try
        {
            Directory.Move(part, target);
        }
        // Somebody else unpacked the same code at the same time; theirs is as good.
        catch (IOException) when (Directory.Exists(target))
        {
            Delete(part);
        }
        return target;
    }

    /// <summary>How much room a package's files take.</summary>
    public long UnzippedBytes(string sha256)
    {
        using var archive = ZipFile.OpenRead(ZipPath(sha256));
        return archive.Entries.Sum(entry => entry.Length);
    }

    public Stream OpenZip(string sha256) => File.OpenRead(ZipPath(sha256));

    string ZipPath(string sha256) => Path.Combine(directory, Convert.ToHexStringLower(Convert.FromBase64String(sha256)) + ".zip");

    static void Inspect(ReadOnlyMemory<byte> zip)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(zip.ToArray(), writable: false), ZipArchiveMode.Read);
            if (archive.Entries.Count == 0) throw LambdaErrors.InvalidParameter("Uploaded file must be a non-empty zip");
            if (archive.Entries.Any(entry => entry.Length < 0)) throw new InvalidDataException("An entry says that it is smaller than nothing.");
            // Each by itself first: the sizes are the sender's words, and their sum may be more than a number holds.
            if (archive.Entries.Any(entry => entry.Length > UnzippedBytesMax) || archive.Entries.Sum(entry => entry.Length) > UnzippedBytesMax)
                throw LambdaErrors.InvalidParameter($"Unzipped size must be smaller than {UnzippedBytesMax} bytes");
            foreach (var entry in archive.Entries) RequireInside(entry);
            PackageLinks.Check(archive);
        }
        catch (InvalidDataException)
        {
            throw LambdaErrors.InvalidParameter("Could not unzip uploaded file. Please check your file, then try to upload again.");
        }
    }

    // Absolute paths and ".." could reach files of the host.
    static void RequireInside(ZipArchiveEntry entry)
    {
        var name = PackageLinks.NameOf(entry);
        if (name.StartsWith('/') || name.Contains('\0') || name.Split('/').Contains(".."))
            throw LambdaErrors.InvalidParameter(
                $"The zip file holds an entry that a function's folder cannot hold: '{entry.FullName}'. Absolute paths and '..' are not allowed.");
    }

    static void Extract(ZipArchiveEntry entry, string root)
    {
        var path = Path.Combine(root, PackageLinks.NameOf(entry));
        if (path.EndsWith('/'))
        {
            Directory.CreateDirectory(path);
            return;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var file = File.Create(path)) CopyDeclared(entry, file);
        // Many zip tools record no permissions; Lambda's users expect files to be readable all the same.
        var executable = ((entry.ExternalAttributes >> UnixModeShift) & (int)UnixFileMode.UserExecute) != 0;
        File.SetUnixFileMode(path, executable ? AllMayRead | AllMayExecute : AllMayRead);
    }

    // What an entry unpacks to must not be larger than it claimed when its size was checked.
    static void CopyDeclared(ZipArchiveEntry entry, FileStream file)
    {
        using var content = entry.Open();
        var buffer = new byte[CopyBufferBytes];
        for (int read; (read = content.Read(buffer)) > 0;)
        {
            file.Write(buffer, 0, read);
            if (file.Length > entry.Length) throw new InvalidDataException($"'{entry.FullName}' unpacks to more than the zip says.");
        }
    }

    static void Delete(string path)
    {
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        else File.Delete(path);
    }
}

/// <param name="Sha256">Base64, as the API shows it.</param>
public sealed record CodePackage(string Sha256, long Size);
