namespace Lambray.Aws.Signing;

/// <summary>Who signed a request and for which service: <c>AKID/20261123/us-east-1/lambda/aws4_request</c>, as the client wrote it.</summary>
/// <remarks>Read from the <c>Authorization</c> header or, for presigned URLs, from <c>X-Amz-Credential</c>. Not a proof: the signature is verified elsewhere.</remarks>
public readonly record struct CredentialScope(string AccessKeyId, string Date, string Region, string Service)
{
    const string Algorithm = "AWS4-HMAC-SHA256";
    const string CredentialKey = "Credential=";

    public static CredentialScope? FromAuthorization(string? authorization)
    {
        if (authorization is null || !authorization.StartsWith(Algorithm, StringComparison.Ordinal)) return null;
        var start = authorization.IndexOf(CredentialKey, StringComparison.Ordinal);
        if (start < 0) return null;
        start += CredentialKey.Length;
        var end = authorization.AsSpan(start).IndexOfAny(',', ' ');
        return Parse(end < 0 ? authorization[start..] : authorization.Substring(start, end));
    }

    public static CredentialScope? Parse(string? credential)
    {
        var parts = credential?.Split('/');
        return parts is [_, _, _, _, "aws4_request"] ? new CredentialScope(parts[0], parts[1], parts[2], parts[3]) : null;
    }

    public string Scope => $"{Date}/{Region}/{Service}/aws4_request";
}
