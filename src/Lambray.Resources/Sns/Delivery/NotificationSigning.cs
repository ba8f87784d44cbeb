using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Lambray.Resources.Sns.Delivery;

/// <summary>The key with which messages are signed, so that receivers can verify them as they verify AWS's ("Verifying the signatures of Amazon SNS messages").</summary>
/// <remarks>Made at its first use, with a certificate of its own making, and kept; receivers that insist on a certificate of amazonaws.com cannot be pleased.</remarks>
public sealed class NotificationSigning(string dataDirectory, TimeProvider time) : IDisposable
{
    const int KeyBits = 2048;
    const int YearsValid = 10;
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    readonly Lock gate = new();
    RSA? key;
    string? certificate;

    /// <summary>PEM.</summary>
    public string Certificate
    {
        get
        {
            Key();
            return certificate!;
        }
    }

    /// <summary>The name of the certificate's file, which is public.</summary>
    public string CertificateName => $"SimpleNotificationService-{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Certificate)))[..32]}.pem";

    /// <param name="version"><c>1</c> for SHA-1, <c>2</c> for SHA-256.</param>
    public string Sign(string text, string version)
    {
        var rsa = Key();
        // A key is not for two threads at once.
        lock (gate)
            return Convert.ToBase64String(rsa.SignData(
                Encoding.UTF8.GetBytes(text), version == "2" ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1));
    }

    public void Dispose() => key?.Dispose();

    RSA Key()
    {
        lock (gate)
        {
            if (key is not null) return key;
            var file = Path.Combine(dataDirectory, "sns-signing.pem");
            if (!File.Exists(file)) Make(file);
            var pem = File.ReadAllText(file);
            certificate = pem[pem.IndexOf("-----BEGIN CERTIFICATE", StringComparison.Ordinal)..];
            key = RSA.Create();
            key.ImportFromPem(pem.AsSpan(0, pem.Length - certificate.Length));
            return key;
        }
    }

    void Make(string file)
    {
        using var made = RSA.Create(KeyBits);
        var request = new CertificateRequest("CN=sns.lambray", made, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = time.GetUtcNow();
        using var own = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(YearsValid));
        // Whole or not at all, and for nobody else to read.
        var part = file + ".part";
        using (var stream = new FileStream(part, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
            stream.Write(Encoding.ASCII.GetBytes($"{made.ExportPkcs8PrivateKeyPem()}\n{own.ExportCertificatePem()}\n"));
        File.Move(part, file, overwrite: true);
    }
}
