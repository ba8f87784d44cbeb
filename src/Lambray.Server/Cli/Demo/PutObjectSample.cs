using Lambray.Server.Cli.Deploy;

namespace Lambray.Server.Cli.Demo;

/// <summary>The function that the demo deploys, as it lies in the repository.</summary>
static class PutObjectSample
{
    const string Path = "samples/put-object";

    /// <summary>The repository that this program was built in: the nearest folder above that has the sample.</summary>
    public static string FindRepository(string directory)
    {
        for (var folder = new DirectoryInfo(directory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, Path, "index.js"))) return folder.FullName;
        throw new CommandException($"the demo needs {Path} of a clone of the repository; run ./lambray demo there", ExitCodes.Misused);
    }

    public static byte[] Zip(string repository)
    {
        var sample = System.IO.Path.Combine(repository, Path);
        if (!Directory.Exists(System.IO.Path.Combine(sample, "node_modules")))
            throw new CommandException($"{sample} lacks its packages; run ./lambray demo, or npm ci there", ExitCodes.Misused);
        return CodeZip.Of(sample);
    }
}
