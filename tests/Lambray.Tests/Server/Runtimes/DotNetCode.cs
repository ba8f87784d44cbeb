using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Lambray.Tests.Server.Runtimes;

/// <summary>The deployment package of the .NET functions, which are built together with these tests.</summary>
static class DotNetCode
{
    public const string Assembly = "Lambray.DotNetFunctions";

    static readonly Lazy<byte[]> Package = new(Pack);

    public static byte[] Zip => Package.Value;

    static byte[] Pack()
    {
        var bytes = new MemoryStream();
        ZipFile.CreateFromDirectory(BuiltFolder(), bytes);
        return bytes.ToArray();
    }

    // bin/Debug/net10.0 here is bin/Debug/net10.0 there.
    static string BuiltFolder([CallerFilePath] string thisFile = "")
    {
        var tests = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));
        return Path.Combine(tests, Assembly, Path.GetRelativePath(Path.Combine(tests, "Lambray.Tests"), AppContext.BaseDirectory));
    }
}
