namespace Lambray.Tests;

/// <summary>A directory that lives as long as the test.</summary>
sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("lambray-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
