using System.Net;
using System.Text;
using Lambray.Aws.Signing;
using Xunit;

namespace Lambray.Tests.Server.Authentication;

/// <summary>Bodies in chunks that are signed one by one, as the SDKs for Java and .NET send them.</summary>
public sealed class UploadingSignedChunks(SignedServer server) : IClassFixture<SignedServer>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Takes_chunks_as_they_were_signed_and_no_others(bool withTrailer)
    {
        await server.SendAsAsync(server.Root, "s3", HttpMethod.Put, "/chunks");
        Assert.Equal(HttpStatusCode.OK, (await UploadAsync("/chunks/good", [new string('a', 8192), "end"], withTrailer)).Status);
        Assert.Equal(8195, (await server.SendAsAsync(server.Root, "s3", HttpMethod.Get, "/chunks/good")).Body.Length);

        var refused = await UploadAsync("/chunks/bad", [new string('a', 8192), "end"], withTrailer, body => body.Replace("end\r\n", "END\r\n", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("<Code>SignatureDoesNotMatch</Code>", refused.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsAsync(server.Root, "s3", HttpMethod.Get, "/chunks/bad")).Status);
    }

    async Task<ApiAnswer> UploadAsync(string path, string[] chunks, bool withTrailer, Func<string, string>? forge = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(server.Address, path));
        var date = SignatureV4.AmzDate(DateTimeOffset.UtcNow);
        var scope = new CredentialScope(server.Root.AccessKeyId, date[..8], WholeServer.Region, "s3");
        var payload = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" + (withTrailer ? "-TRAILER" : "");
        var headers = new Dictionary<string, string>
        {
            ["host"] = server.Address.Authority,
            ["x-amz-content-sha256"] = payload,
            ["x-amz-date"] = date,
            ["x-amz-decoded-content-length"] = $"{chunks.Sum(chunk => chunk.Length)}",
        };
        if (withTrailer) headers["x-amz-trailer"] = "x-amz-checksum-crc32";
        var authorization = SignatureV4.Authorization(server.Root, scope, "PUT", path, "", headers, payload, date);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        var body = Body(scope, date, authorization.Split("Signature=")[1], chunks, withTrailer);
        request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes(forge?.Invoke(body) ?? body));
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return new ApiAnswer(answer.StatusCode, null, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    string Body(CredentialScope scope, string date, string previous, string[] chunks, bool withTrailer)
    {
        var key = SignatureV4.SigningKey(server.Root.SecretAccessKey, scope);
        var body = new StringBuilder();
        foreach (var chunk in chunks.Append(""))
        {
            previous = SignatureV4.Sign(key, $"AWS4-HMAC-SHA256-PAYLOAD\n{date}\n{scope.Scope}\n{previous}\n{SignatureV4.Hash([])}\n{SignatureV4.Hash(Encoding.ASCII.GetBytes(chunk))}");
            body.Append($"{chunk.Length:x};chunk-signature={previous}\r\n");
            if (chunk.Length > 0) body.Append(chunk).Append("\r\n");
        }
        if (!withTrailer) return body.Append("\r\n").ToString();
        var trailer = $"x-amz-checksum-crc32:{Checksum(string.Concat(chunks))}\n";
        var signature = SignatureV4.Sign(key, $"AWS4-HMAC-SHA256-TRAILER\n{date}\n{scope.Scope}\n{previous}\n{SignatureV4.Hash(Encoding.ASCII.GetBytes(trailer))}");
        return body.Append(trailer.TrimEnd('\n')).Append("\r\nx-amz-trailer-signature:").Append(signature).Append("\r\n\r\n").ToString();
    }

    static string Checksum(string text)
    {
        var value = System.IO.Hashing.Crc32.Hash(Encoding.ASCII.GetBytes(text));
        Array.Reverse(value);
        return Convert.ToBase64String(value);
    }
}
