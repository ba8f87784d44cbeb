using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>The console's page and what it loads, as built by Vite.</summary>
public sealed partial class ServingConsoleFiles(ProcessServer server) : IClassFixture<ProcessServer>
{
    // A page draws with three of the fonts, some 17 kB each: together they stay below 500 kB.
    const int ScriptsAndStylesBytesMax = 440_000;

    [Fact]
    public async Task The_page_is_asked_for_anew_and_lets_nothing_foreign_run()
    {
        using var page = await GetAsync("/", "text/html");

        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no-cache", page.Headers.CacheControl!.ToString());
        var policy = page.Headers.GetValues("Content-Security-Policy").Single().Split("; ");
        Assert.Contains("default-src 'self'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain(policy, rule => rule.StartsWith("script-src", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_whose_names_tell_their_content_are_kept_for_ever()
    {
        foreach (var file in await LoadedByThePageAsync())
        {
            using var answer = await GetAsync(file);
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl!.ToString());
        }
        using var page = await GetAsync("/_lambray/index.html");
        Assert.Equal("no-cache", page.Headers.CacheControl!.ToString());
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("deflate, gzip;q=0.5", "gzip")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip;q=0, identity", null)]
    [InlineData("", null)]
    public async Task Files_arrive_compressed_where_the_browser_knows_how(string accepted, string? coding)
    {
        foreach (var file in (await LoadedByThePageAsync()).Where(IsScriptOrStyle))
        {
            using var plain = await GetAsync(file);
            // What fits into one packet is not compressed.
            if (plain.Content.Headers.ContentLength < 1400) continue;
            using var answer = await GetAsync(file, acceptEncoding: accepted);

            Assert.Equal(coding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
            Assert.Equal(["Accept-Encoding"], answer.Headers.Vary);
            Assert.Equal(plain.Content.Headers.ContentType, answer.Content.Headers.ContentType);
            Assert.Equal(await plain.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), await DecodedAsync(answer));
        }
    }

    [Fact]
    public async Task The_first_load_is_small_also_for_a_browser_without_brotli()
    {
        long total = 0;
        foreach (var file in (await LoadedByThePageAsync()).Where(IsScriptOrStyle))
        {
            using var answer = await GetAsync(file, acceptEncoding: "gzip");
            total += answer.Content.Headers.ContentLength!.Value;
        }
        Assert.InRange(total, 1, ScriptsAndStylesBytesMax);
    }

    [Theory]
    [InlineData("/_lambray/assets/none.js")]
    [InlineData("/_lambray/assets/")]
    [InlineData("/_lambray/..%2f..%2f..%2fetc%2fpasswd")]
    [InlineData("/_lambray/assets/..%5c..%5cindex.html")]
    [InlineData("/_lambray//etc/passwd")]
    [InlineData("/_lambray/lambray.dll")]
    public async Task There_are_no_other_files(string path)
    {
        using var answer = await GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var body = JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith("The console has no file", body.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    async Task<IReadOnlyList<string>> LoadedByThePageAsync()
    {
        using var page = await GetAsync("/", "text/html");
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (page.StatusCode == HttpStatusCode.ServiceUnavailable) Assert.Fail(html);
        var files = Loaded().Matches(html).Select(match => match.Groups["file"].Value).ToList();
        Assert.Contains(files, IsScriptOrStyle);
        return files;
    }

    // As written: HttpClient would tidy the dots away by itself.
    Task<HttpResponseMessage> GetAsync(string path, string accept = "*/*", string acceptEncoding = "")
    {
        var asWritten = new Uri(server.Address.ToString().TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(HttpMethod.Get, asWritten);
        request.Headers.Add("Accept", accept);
        if (acceptEncoding.Length > 0) request.Headers.Add("Accept-Encoding", acceptEncoding);
        return server.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    static async Task<byte[]> DecodedAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStreamAsync();
        await using var decoded = answer.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        var bytes = new MemoryStream();
        await decoded.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    static bool IsScriptOrStyle(string file) => file.EndsWith(".js", StringComparison.Ordinal) || file.EndsWith(".css", StringComparison.Ordinal);

    [GeneratedRegex("(src|href)=\"(?<file>/_lambray/[^\"]+)\"")]
    private static partial Regex Loaded();
}
