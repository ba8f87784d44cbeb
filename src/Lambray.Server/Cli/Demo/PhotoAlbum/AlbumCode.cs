using Lambray.Server.Cli.Deploy;

namespace Lambray.Server.Cli.Demo.PhotoAlbum;

/// <summary>One function of the photo album, as it lies in the repository.</summary>
sealed record AlbumCode(string Name, string Runtime, string Handler, string Folder, int Memory)
{
    const string Sample = "samples/photo-album";

    public static readonly AlbumCode[] All =
    [
        new(AlbumNames.Api, "nodejs20.x", "index.handler", "api", 256),
        new(AlbumNames.Thumbnail, "nodejs20.x", "index.handler", "thumbnail", 512),
        new(AlbumNames.Notify, "python3.12", "lambda_function.lambda_handler", "notify", 256),
        new(AlbumNames.Count, "dotnet10", "Count::PhotoAlbum.AlbumCount::Handle", "count", 512),
    ];

    public Task<byte[]> PackAsync(string repository, CancellationToken cancellation)
    {
        var folder = Path.Combine(repository, Sample, Folder);
        if (File.Exists(Path.Combine(folder, "package.json")) && !Directory.Exists(Path.Combine(folder, "node_modules")))
            throw new CommandException($"{folder} lacks its packages; run ./lambray demo {AlbumNames.Application}, or npm ci there", ExitCodes.Misused);
        CodePackage package = Directory.EnumerateFiles(folder, "*.csproj").FirstOrDefault() is { } project ? new DotNetPackage(project) : new FolderPackage(folder);
        return package.PackAsync(cancellation);
    }
}
