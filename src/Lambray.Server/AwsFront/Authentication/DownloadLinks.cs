using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lambray.Server.AwsFront.Authentication;

/// <summary>Addresses that are good for a while for whoever has them, as those of code in the answers of GetFunction: AWS presigns them, and so are ours signed.</summary>
sealed class DownloadLinks(TimeProvider time)
{
    // "For 10 minutes": FunctionCodeLocation in the Lambda API reference.
    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    public string Sign(string path)
    {
        var expires = (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"?Expires={expires}&Signature={Signature(path, expires)}";
    }

    public bool IsValid(HttpRequest request) =>
        request.Query["Expires"] is [{ } expires] && request.Query["Signature"] is [{ } signature]
        && Aws.Signing.SignatureV4.AreEqual(Signature(request.Path.Value!, expires), signature)
        && long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds >= time.GetUtcNow().ToUnixTimeSeconds();

    string Signature(string path, string expires) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{path}\n{expires}")));
}
