namespace Lambray.Server.Cli.Deploy;

/// <summary>How what lies in a folder becomes a deployment package.</summary>
public abstract record CodePackage
{
    /// <exception cref="CommandException">It does not build, or what builds it is missing.</exception>
    public abstract Task<byte[]> PackAsync(CancellationToken cancellation);

    /// <summary>Packs what is built into a folder that is gone afterwards.</summary>
    private protected static async Task<byte[]> BuildAsync(Func<string, Task<byte[]>> build)
    {
        var output = Directory.CreateTempSubdirectory("lambray-deploy-");
        try
        {
            return await build(output.FullName);
        }
        finally
        {
            output.Delete(recursive: true);
        }
    }
}

/// <summary>Code that runs as it lies there.</summary>
public sealed record FolderPackage(string Folder) : CodePackage
{
    public override Task<byte[]> PackAsync(CancellationToken cancellation) => Task.FromResult(CodeZip.Of(Folder));
}

/// <summary>A jar is a deployment package already.</summary>
public sealed record JarPackage(string Jar) : CodePackage
{
    public override Task<byte[]> PackAsync(CancellationToken cancellation) => File.ReadAllBytesAsync(Jar, cancellation);
}

/// <summary>A .NET project, published by the SDK of this machine.</summary>
public sealed record DotNetPackage(string Project) : CodePackage
{
    public override Task<byte[]> PackAsync(CancellationToken cancellation) => BuildAsync(async output =>
    {
        // Nothing of the build is to outlive the command.
        string[] arguments = ["publish", Project, "-c", "Release", "-o", output, "-v", "quiet", "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false"];
        await BuildTool.RunAsync("dotnet", arguments, Path.GetDirectoryName(Project)!, "a .NET project needs the .NET SDK; no program 'dotnet' was found", cancellation);
        return CodeZip.Of(output);
    });
}
