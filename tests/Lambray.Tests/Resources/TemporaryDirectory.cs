namespace Lambray.Tests.Resources;

/// <summary>A directory that goes away with its test.</summary>
sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("lambray-resources-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
