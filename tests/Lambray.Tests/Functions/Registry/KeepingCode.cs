using Lambray.Aws;
using Lambray.Functions;
using Lambray.Functions.Registry;
using Lambray.Tests.Server;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lambray.Tests.Functions.Registry;

/// <summary>Deployment packages: kept whole, unpacked as functions see them, refused when they could do harm.</summary>
public sealed class KeepingCode : IDisposable
{
    const string NotAZip = "Could not unzip uploaded file. Please check your file, then try to upload again.";

    readonly TemporaryDirectory directory = new();
    readonly FakeTimeProvider time = new(FunctionSamples.Now);
    readonly CodeStore code;

    public KeepingCode() => code = new CodeStore(Path.Combine(directory.Path, "code"), time);

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Unpacks_what_was_packed_and_keeps_the_zip_as_it_came()
    {
        var zip = WholeServer.Zip(("index.js", "one"), ("lib/deep/two.js", "two"));
        var package = await code.AddAsync(zip);
        Assert.Equal((Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(zip)), zip.Length), (package.Sha256, package.Size));
        var folder = code.Unpack(package.Sha256);
        Assert.Equal(("one", "two"), (File.ReadAllText(Path.Combine(folder, "index.js")), File.ReadAllText(Path.Combine(folder, "lib/deep/two.js"))));
        using var kept = new MemoryStream();
        await using (var stream = code.OpenZip(package.Sha256)) await stream.CopyToAsync(kept, TestContext.Current.CancellationToken);
        Assert.Equal(zip, kept.ToArray());
    }

    [Fact]
    public async Task Keeps_execute_permission_and_lets_everybody_read()
    {
        var folder = await AddAndUnpack(new HostileEntry("run", Mode: 0x81C0), new HostileEntry("data", Mode: 0x8180), new HostileEntry("sub/file"));
        Assert.Equal(("rwxr-xr-x", "rw-r--r--", "rwxr-xr-x"), (Permissions(folder, "run"), Permissions(folder, "data"), Permissions(folder, "sub")));
    }

    [Fact]
    public async Task Unpacking_twice_at_once_gives_one_folder()
    {
        var package = await code.AddAsync(WholeServer.Zip([.. Enumerable.Range(0, 200).Select(i => ($"file{i}", "text"))]));
        var folders = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => code.Unpack(package.Sha256))));
        Assert.Single(folders.Distinct());
        Assert.Equal(200, Directory.GetFiles(folders[0]).Length);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(directory.Path, "code"), "*.part"));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData(@"..\outside")]
    [InlineData("/etc/outside")]
    [InlineData(@"\outside")]
    [InlineData("nul\0name")]
    public async Task Refuses_names_that_would_land_outside(string name)
    {
        var error = await Assert.ThrowsAsync<AwsException>(() => code.AddAsync(HostileZip.Of(new HostileEntry("index.js"), new HostileEntry(name))));
        Assert.Equal(("InvalidParameterValueException", 400), (error.Code, error.Status));
        Assert.Contains("are not allowed", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/etc/passwd", "it leads out of the package")]
    [InlineData("../../../etc/passwd", "it leads out of the package")]
    [InlineData("other/../../../../etc/passwd", "it leads out of the package")]
    // Through the link "up" this would be the folder above the package, whatever the letters say.
    [InlineData("up/../x", "it leads out of the package")]
    [InlineData("", "it leads out of the package")]
    public async Task Refuses_links_that_lead_out(string target, string why)
    {
        var error = await Assert.ThrowsAsync<AwsException>(() => code.AddAsync(HostileZip.Of(
            new HostileEntry("a/b/up", "../..", Mode: HostileEntry.Link), new HostileEntry("a/b/link", target, Mode: HostileEntry.Link))));
        Assert.Equal(("InvalidParameterValueException", $"The zip file holds a link that a function's folder cannot hold: 'a/b/link': {why}."), (error.Code, error.Message));
    }

    [Fact]
    public async Task Refuses_what_would_be_written_through_a_link()
    {
        foreach (var second in (HostileEntry[])[new("a/link/file"), new("a/link"), new("a//link", "x", Mode: HostileEntry.Link)])
        {
            var error = await Assert.ThrowsAsync<AwsException>(() =>
                code.AddAsync(HostileZip.Of(new HostileEntry("a/link", "../b", Mode: HostileEntry.Link), second)));
            Assert.StartsWith("The zip file holds a link that", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Links_lead_to_other_files_of_the_package()
    {
        var folder = await AddAndUnpack(
            new HostileEntry("bin/tool", "../lib/tool.js", Mode: HostileEntry.Link), new HostileEntry("lib/tool.js", "the tool"),
            new HostileEntry("current", "./lib", Mode: HostileEntry.Link), new HostileEntry("new/loop", "..", Mode: HostileEntry.Link));
        Assert.Equal("the tool", File.ReadAllText(Path.Combine(folder, "bin/tool")));
        Assert.Equal("the tool", File.ReadAllText(Path.Combine(folder, "current/tool.js")));
        Assert.Equal("..", new DirectoryInfo(Path.Combine(folder, "new/loop")).LinkTarget);
    }

    [Fact]
    public async Task What_nobody_needs_is_removed_once_no_environment_can_run_on_it()
    {
        await using var database = FunctionsDatabase.Open(directory.Path);
        using var store = new FunctionStore(database);
        var (kept, left, again) = (await AddAsync("kept"), await AddAsync("left"), await AddAsync("again"));
        await store.SaveAsync(new RegisteredFunction { Latest = FunctionSamples.Function() with { CodeSha256 = kept } });
        code.Unpack(left);
        time.Advance(TimeSpan.FromSeconds(1));
        await using var cleanup = new CodeCleanup(store, code, time, NullLogger<CodeCleanup>.Instance);
        cleanup.Start();
        Assert.Equal(3, code.List().Count());

        time.Advance(TimeSpan.FromMinutes(19));
        await AddAsync("again");
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(new HashSet<string> { again, kept }, code.List().ToHashSet());
        Assert.Empty(Directory.GetDirectories(Path.Combine(directory.Path, "code")));

        async Task<string> AddAsync(string text) => (await code.AddAsync(WholeServer.Zip(("index.js", text)))).Sha256;
    }

    public static TheoryData<string, byte[], string> NoPackages => new()
    {
        { "text", "not a zip"u8.ToArray(), NotAZip },
        { "nothing", [], NotAZip },
        { "an empty zip", WholeServer.Zip(), "Uploaded file must be a non-empty zip" },
        { "a claim of 300 MB", HostileZip.Of(new HostileEntry("index.js", DeclaredSize: 300_000_000)),
            "Unzipped size must be smaller than 262144000 bytes" },
        { "claims too large to add up",
            HostileZip.Of(new HostileEntry("a", DeclaredSize: long.MaxValue), new HostileEntry("b", DeclaredSize: long.MaxValue)),
            "Unzipped size must be smaller than 262144000 bytes" },
        { "a claim below nothing", HostileZip.Of(new HostileEntry("a", DeclaredSize: -1)), NotAZip },
    };

    [Theory]
    [MemberData(nameof(NoPackages))]
    public async Task Refuses_what_is_no_package(string _, byte[] zip, string message)
    {
        var error = await Assert.ThrowsAsync<AwsException>(() => code.AddAsync(zip));
        Assert.Equal(("InvalidParameterValueException", message), (error.Code, error.Message));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(directory.Path, "code")));
    }

    [Fact]
    public async Task Stops_unpacking_what_is_larger_than_it_said()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => AddAndUnpack(new HostileEntry("index.js", new string('x', 100_000), DeclaredSize: 10)));
        Assert.All(Directory.GetDirectories(Path.Combine(directory.Path, "code")), path => Assert.EndsWith(".part", path, StringComparison.Ordinal));
    }

    [Fact]
    public void A_start_removes_what_a_crash_left_half_done()
    {
        var folder = Path.Combine(directory.Path, "code");
        Directory.CreateDirectory(Path.Combine(folder, "abc.123.part/sub"));
        File.WriteAllText(Path.Combine(folder, "abc.zip.123.part"), "half");
        _ = new CodeStore(folder, time);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task Damaged_zips_are_refused_or_fail_as_bad_data()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var whole = WholeServer.Zip(("index.js", "exports.handler = 1;"), ("lib/other.js", new string('y', 500)));
        for (var i = 0; i < 500; i++)
        {
            var damaged = random.Next(4) == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            for (var hits = random.Next(1, 4); hits > 0 && damaged.Length > 0; hits--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            var error = await Record.ExceptionAsync(async () => code.Unpack((await code.AddAsync(damaged)).Sha256));
            Assert.True(error is null or AwsException { Status: 400 } or InvalidDataException or IOException or UnauthorizedAccessException,
                $"Seed {seed}, round {i}: {error}");
        }
    }

    async Task<string> AddAndUnpack(params HostileEntry[] entries) => code.Unpack((await code.AddAsync(HostileZip.Of(entries))).Sha256);

    static string Permissions(string folder, string name)
    {
        var mode = (int)File.GetUnixFileMode(Path.Combine(folder, name));
        return string.Concat(Enumerable.Range(0, 9).Select(bit => (mode >> (8 - bit) & 1) == 1 ? "rwx"[bit % 3] : '-'));
    }
}
