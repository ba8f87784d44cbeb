using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>The page and the files that it loads, as a browser gets them.</summary>
public sealed partial class FilesOverHttp(WholeServer server) : IClassFixture<WholeServer>
{
    const int FirstLoadBytesMax = 500_000;

    [Fact]
    public async Task The_page_lets_nothing_from_elsewhere_run_and_is_asked_for_anew()
    {
        using var page = await GetAsync("/");

        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-cache", page.Headers.CacheControl?.ToString());
        Assert.Equal("nosniff", Header(page, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(page, "Referrer-Policy"));
        var policy = Header(page, "Content-Security-Policy").Split("; ");
        Assert.Contains("default-src 'self'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        // Scripts have no rule that is weaker than the default.
        Assert.DoesNotContain(policy, rule => rule.StartsWith("script-src", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_first_load_is_small_on_the_wire_and_kept_for_good()
    {
        var bytes = (await BytesAsync("/")).Length;
        var assets = await AssetsAsync();
        Assert.Contains(assets, asset => asset.EndsWith(".js", StringComparison.Ordinal));
        Assert.Contains(assets, asset => asset.EndsWith(".css", StringComparison.Ordinal));

        foreach (var asset in assets)
        {
            using var answer = await GetAsync(asset);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl?.ToString());
            if (!asset.EndsWith(".svg", StringComparison.Ordinal)) Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
            bytes += (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length;
        }

        Assert.True(bytes < FirstLoadBytesMax, $"A first load is {bytes} bytes.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("br")]
    [InlineData("gzip;q=0")]
    public async Task A_client_that_does_not_take_gzip_gets_the_same_file_as_it_is(string takes)
    {
        var script = (await AssetsAsync()).Single(asset => asset.EndsWith(".js", StringComparison.Ordinal));
        using var answer = await GetAsync(script, takes);
        await using var packed = new GZipStream(new MemoryStream(await BytesAsync(script)), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        await packed.CopyToAsync(unpacked, TestContext.Current.CancellationToken);

        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Equal(["Accept-Encoding"], answer.Headers.Vary);
        Assert.Equal(unpacked.ToArray(), await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_the_console_does_not_have_is_not_found()
    {
        using var answer = await GetAsync("/_lambray/assets/index-00000000.js");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Null(answer.Headers.CacheControl);
    }

    [Theory]
    [InlineData("/_lambray/../../../../../../etc/passwd")]
    [InlineData("/_lambray/assets/../../../../etc/passwd")]
    [InlineData("/_lambray/..%2f..%2f..%2f..%2fetc%2fpasswd")]
    [InlineData("/_lambray/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/_lambray//etc/passwd")]
    [InlineData("/_lambray/..\\..\\..\\..\\etc\\passwd")]
    public async Task No_path_leads_out_of_the_console(string path)
    {
        // As it stands: an HTTP client would tidy the path up.
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {server.Address.Authority}\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Matches("^HTTP/1.1 4[0-9][0-9] ", answer);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
    }

    /// <summary>The addresses of what the page names.</summary>
    async Task<IReadOnlyList<string>> AssetsAsync()
    {
        using var page = await GetAsync("/");
        var text = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(page.StatusCode == HttpStatusCode.OK, $"{text} ./test builds both.");
        return [.. References().Matches(text).Select(match => match.Value)];
    }

    async Task<byte[]> BytesAsync(string path)
    {
        using var answer = await GetAsync(path);
        return await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    async Task<HttpResponseMessage> GetAsync(string path, string takes = "gzip, deflate")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html,*/*");
        if (takes != "") request.Headers.Add("Accept-Encoding", takes);
        return await server.Http.SendAsync(request);
    }

    static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));

    [GeneratedRegex("(?<=(?:src|href)=\")[^\"]+")]
    private static partial Regex References();
}
