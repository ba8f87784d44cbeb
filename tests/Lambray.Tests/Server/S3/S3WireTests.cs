using System.Net;
using System.Text;
using System.Xml.Linq;
using Xunit;

namespace Lambray.Tests.Server.S3;

/// <summary>Requests that no SDK would send, and details that SDKs hide.</summary>
public sealed class S3WireTests(ResourcesServer server) : IClassFixture<ResourcesServer>
{
    static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_error_has_the_shape_of_S3()
    {
        await CreateBucket("shapes");
        var response = await Send(HttpMethod.Get, "/shapes/no%20key");
        var error = XElement.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(["Code", "Message", "Key", "RequestId", "HostId"], error.Elements().Select(element => element.Name.LocalName));
        Assert.Equal(("NoSuchKey", "no key"), (error.Element("Code")!.Value, error.Element("Key")!.Value));
        Assert.Equal(error.Element("RequestId")!.Value, response.Headers.GetValues("x-amz-request-id").Single());
        Assert.Equal(error.Element("HostId")!.Value, response.Headers.GetValues("x-amz-id-2").Single());
    }

    [Theory]
    [InlineData("PUT", "/digests/k", "Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==", "BadDigest")]
    [InlineData("PUT", "/digests/k", "Content-MD5", "nonsense", "InvalidDigest")]
    [InlineData("PUT", "/digests/k", "x-amz-checksum-crc32", "AAAAAA==", "BadDigest")]
    [InlineData("PUT", "/digests/k", "x-amz-checksum-crc32", "AAAA", "InvalidRequest")]
    [InlineData("PUT", "/digests/k", "x-amz-content-sha256", "0000000000000000000000000000000000000000000000000000000000000000", "XAmzContentSHA256Mismatch")]
    [InlineData("PUT", "/digests/k", "x-amz-decoded-content-length", "6", "IncompleteBody")]
    [InlineData("PUT", "/digests/k", "x-amz-trailer", "x-other", "InvalidRequest")]
    [InlineData("PUT", "/digests/k", "x-amz-server-side-encryption", "rot13", "InvalidEncryptionAlgorithmError")]
    [InlineData("POST", "/digests?delete", "Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==", "BadDigest")]
    public async Task A_body_that_is_not_what_was_promised_is_refused_and_leaves_nothing(string method, string path, string header, string value, string code)
    {
        await CreateBucket("digests");
        var response = await Send(new HttpMethod(method), path, "hello", (header, value));
        Assert.Equal((HttpStatusCode.BadRequest, code), (response.StatusCode, await Code(response)));
        Assert.Equal(HttpStatusCode.NotFound, (await Send(HttpMethod.Head, "/digests/k")).StatusCode);
        Assert.Empty(Directory.GetFiles(Path.Combine(server.DataDirectory, "s3", "uploads")));
    }

    [Theory]
    [InlineData("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n", "")]
    [InlineData("3;chunk-signature=0\r\nhel\r\n2;chunk-signature=1\r\nlo\r\n0;chunk-signature=2\r\nx-amz-checksum-crc32:NhCmhg==\r\nx-amz-trailer-signature:3\r\n\r\n", "")]
    [InlineData("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n", "")]
    [InlineData("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", "BadDigest")]
    [InlineData("5\r\nhello\r\n0\r\n\r\n", "MalformedTrailerError")]
    [InlineData("4\r\nhell\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n", "IncompleteBody")]
    [InlineData("5\r\nhel", "IncompleteBody")]
    [InlineData("5\r\nhello", "IncompleteBody")]
    [InlineData("5\r\nhelloXX0\r\n\r\n", "InvalidRequest")]
    [InlineData("zz\r\nhello\r\n0\r\n\r\n", "InvalidRequest")]
    [InlineData("FFFFFFFFFFFFFFFF\r\nhello", "InvalidRequest")]
    [InlineData("", "IncompleteBody")]
    public async Task Chunked_bodies_are_decoded_and_their_trailers_verified(string body, string code)
    {
        await CreateBucket("chunks");
        var response = await Send(
            HttpMethod.Put, "/chunks/k", body, ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"), ("Content-Encoding", "gzip,aws-chunked"),
            ("x-amz-decoded-content-length", "5"), ("x-amz-trailer", "x-amz-checksum-crc32"));
        Assert.Equal(code, response.IsSuccessStatusCode ? "" : await Code(response));
        if (code.Length > 0) return;
        var read = await Send(HttpMethod.Get, "/chunks/k");
        Assert.Equal("hello", await read.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("gzip", read.Content.Headers.ContentEncoding.Single());
        await Send(HttpMethod.Delete, "/chunks/k");
    }

    [Theory]
    [InlineData("/raw/a%2Fb", "a/b")]
    [InlineData("/raw/a/../b", "a/../b")]
    [InlineData("/raw//a//b/", "/a//b/")]
    [InlineData("/raw/a+b%2Bc", "a+b+c")]
    [InlineData("/raw/100%", "100%")]
    [InlineData("/raw/%C3%BC", "ü")]
    [InlineData("/raw/%01", "\u0001")]
    public async Task A_key_is_what_the_raw_target_says(string path, string key)
    {
        await CreateBucket("raw");
        Assert.Equal(HttpStatusCode.OK, (await Send(HttpMethod.Put, path, "x")).StatusCode);
        var listing = await (await Send(HttpMethod.Get, "/raw?encoding-type=url")).Content.ReadAsStringAsync(Cancellation);
        XNamespace space = "http://s3.amazonaws.com/doc/2006-03-01/";
        Assert.Equal(key, Uri.UnescapeDataString(XElement.Parse(listing).Descendants(space + "Key").Single().Value));
        await Send(HttpMethod.Delete, path);
    }

    [Theory]
    [InlineData("hosts.s3.localhost")]
    [InlineData("hosts.s3.eu-central-1.amazonaws.com")]
    [InlineData("hosts.localhost")]
    public async Task A_bucket_may_be_named_by_the_host(string host)
    {
        await CreateBucket("hosts");
        await Send(HttpMethod.Put, "/hosts/a/b", "x");
        Assert.Equal("x", await (await Send(HttpMethod.Get, "/a/b", headers: ("Host", host))).Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("GET", "/none?abac", 501, "NotImplemented")]
    [InlineData("POST", "/none/k?restore", 501, "NotImplemented")]
    [InlineData("POST", "/none/k?uploads", 404, "NoSuchBucket")]
    [InlineData("GET", "/odd/k?uploadId=x", 404, "NoSuchUpload")]
    [InlineData("PUT", "/odd/k?uploadId=x&partNumber=10001", 400, "InvalidArgument")]
    [InlineData("GET", "/odd?cors", 404, "NoSuchCORSConfiguration")]
    [InlineData("GET", "/odd/k?versionId=x", 400, "InvalidArgument")]
    [InlineData("GET", "/odd/k?versionId=0123456789abcdefghijklmnopqrstuv", 404, "NoSuchVersion")]
    [InlineData("POST", "/odd?delete", 400, "InvalidRequest")]
    [InlineData("GET", "/odd?versions&version-id-marker=x", 400, "InvalidArgument")]
    [InlineData("PATCH", "/none", 405, "MethodNotAllowed")]
    [InlineData("GET", "/none/%FF", 400, "InvalidURI")]
    [InlineData("GET", "/odd?max-keys=x", 400, "InvalidArgument")]
    [InlineData("GET", "/odd?list-type=2&continuation-token=%21", 400, "InvalidArgument")]
    [InlineData("GET", "/odd?encoding-type=x", 400, "InvalidArgument")]
    [InlineData("PUT", "/odd?versioning", 400, "MalformedXML")]
    [InlineData("PUT", "/Odd", 400, "InvalidBucketName")]
    [InlineData("PUT", "/none/k", 404, "NoSuchBucket")]
    public async Task Refuses_what_S3_refuses(string method, string path, int status, string code)
    {
        await CreateBucket("odd");
        var response = await Send(new HttpMethod(method), path, "");
        Assert.Equal((status, code), ((int)response.StatusCode, await Code(response)));
    }

    [Fact]
    public async Task An_entity_bomb_is_malformed_XML()
    {
        await CreateBucket("odd");
        var response = await Send(
            HttpMethod.Put, "/odd?versioning", """<!DOCTYPE a [<!ENTITY b "Enabled">]><VersioningConfiguration><Status>&b;</Status></VersioningConfiguration>""");
        Assert.Equal("MalformedXML", await Code(response));
    }

    [Fact]
    public async Task Metadata_beyond_ASCII_comes_back_encoded()
    {
        await CreateBucket("odd");
        await Send(HttpMethod.Put, "/odd/meta?x-id=PutObject", "x", ("x-amz-meta-name", "ü"));
        Assert.Equal("=?UTF-8?B?w7w=?=", (await Send(HttpMethod.Head, "/odd/meta")).Headers.GetValues("x-amz-meta-name").Single());
    }

    async Task CreateBucket(string name)
    {
        var response = await Send(HttpMethod.Put, $"/{name}");
        Assert.True(response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.Conflict);
    }

    async Task<HttpResponseMessage> Send(HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        var address = new Uri(server.Address.ToString().TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(method, address) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body ?? "")) };
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=AKID/20260301/eu-central-1/s3/aws4_request, SignedHeaders=host, Signature=0");
        foreach (var (name, value) in headers)
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content.Headers.TryAddWithoutValidation(name, value);
        return await server.Http.SendAsync(request, Cancellation);
    }

    static async Task<string> Code(HttpResponseMessage response) =>
        XElement.Parse(await response.Content.ReadAsStringAsync(Cancellation)).Element("Code")!.Value;
}
