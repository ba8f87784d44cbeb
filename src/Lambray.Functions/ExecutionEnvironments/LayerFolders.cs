using System.Security.Cryptography;
using System.Text;
using Lambray.Functions.ExecutionEnvironments.Linux;
using Lambray.Functions.Registry;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>What functions find under <c>/opt</c>: the files of their layers in one folder, made once for each list of layers.</summary>
/// <remarks>
/// <code>
/// layers/
///   77b0…e1/         hard links to the files in code/, a later layer's in place of an earlier one's
/// </code>
/// It appears by rename, so a crash leaves a whole one or none. A single layer needs no folder of its own.
/// </remarks>
public sealed class LayerFolders
{
    readonly string directory;
    readonly CodeStore code;

    public LayerFolders(string directory, CodeStore code)
    {
        (this.directory, this.code) = (directory, code);
        Directory.CreateDirectory(directory);
        foreach (var leftover in Directory.EnumerateDirectories(directory, "*.part")) Directory.Delete(leftover, recursive: true);
    }

    /// <summary>Null for a function without layers.</summary>
    public string? Find(FunctionModel function) => function.Layers switch
    {
        [] => null,
        [var only] => code.Unpack(only.Content.Sha256),
        var several => Merge([.. several.Select(layer => layer.Content.Sha256)]),
    };

    /// <summary>The programs that are started beside the runtime, by name.</summary>
    /// <param name="folder">What is under <c>/opt</c>, if anything.</param>
    public static IReadOnlyList<string> ListExtensions(string? folder)
    {
        if (folder is null || Path.Combine(folder, "extensions") is var programs && !Directory.Exists(programs)) return [];
        return [.. Directory.EnumerateFiles(programs).Where(file => File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherExecute))
            .Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
    }

    string Merge(string[] contents)
    {
        var target = Path.Combine(directory, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', contents)))));
        if (Directory.Exists(target)) return target;
        var part = $"{target}.{Guid.NewGuid():n}.part";
        Directory.CreateDirectory(part);
        foreach (var content in contents) AddLinks(code.Unpack(content), part);
        try
        {
            Directory.Move(part, target);
        }
        // Another environment needed the same at the same time; its folder is as good.
        catch (IOException) when (Directory.Exists(target))
        {
            Directory.Delete(part, recursive: true);
        }
        return target;
    }

    static void AddLinks(string from, string to)
    {
        File.SetUnixFileMode(to, File.GetUnixFileMode(from));
        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            // A link to a folder is a link, and not the folder's files once more.
            if (new DirectoryInfo(folder).LinkTarget is { } target)
            {
                AddLink(target, Path.Combine(to, Path.GetFileName(folder)));
                continue;
            }
            var merged = Path.Combine(to, Path.GetFileName(folder));
            // A layer may have a folder where an earlier one had a file or a link, and the reverse.
            if (File.Exists(merged) || new DirectoryInfo(merged).LinkTarget is not null) File.Delete(merged);
            Directory.CreateDirectory(merged);
            AddLinks(folder, merged);
        }
        foreach (var file in Directory.EnumerateFiles(from))
        {
            var link = Path.Combine(to, Path.GetFileName(file));
            if (new FileInfo(file).LinkTarget is { } target)
            {
                AddLink(target, link);
                continue;
            }
            Clear(link);
            if (LibC.Link(file, link) != 0) throw new IOException($"{file} of a layer could not be linked to {link}.");
        }
    }

    static void AddLink(string target, string place)
    {
        Clear(place);
        File.CreateSymbolicLink(place, target);
    }

    static void Clear(string place)
    {
        if (Directory.Exists(place) && new DirectoryInfo(place).LinkTarget is null) Directory.Delete(place, recursive: true);
        else File.Delete(place);
    }
}
