using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using Xunit;

namespace Lambray.Tests.Server.Runtimes;

/// <summary>The deployment package of the Java functions in folder <c>Java</c>, compiled once for all tests of a class.</summary>
public sealed class JavaCode : IAsyncLifetime
{
    byte[]? zip;

    public static bool IsAvailable => File.Exists("/usr/bin/javac") && File.Exists("/usr/share/java/jackson-databind.jar");

    public byte[] Zip => zip ?? throw new InvalidOperationException("The Java functions were not compiled.");

    public async ValueTask InitializeAsync()
    {
        if (!IsAvailable) return;
        using var classes = new TemporaryDirectory();
        var publicInterface = Path.Combine(AppContext.BaseDirectory, "runtimes", "java", "src");
        await RunAsync("/usr/bin/javac", ["--release", "11", "-g", "-implicit:none", "-nowarn", "-d", classes.Path, "-sourcepath", publicInterface, .. Directory.GetFiles(Sources())]);
        var bytes = new MemoryStream();
        ZipFile.CreateFromDirectory(classes.Path, bytes);
        zip = bytes.ToArray();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static async Task RunAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException(errors);
    }

    static string Sources([CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "Java");
}
