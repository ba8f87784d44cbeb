namespace Lambray.Resources.Iam;

/// <summary>Credentials that end by themselves, and whose they are.</summary>
public sealed record TemporaryCredentials(
    string AccessKeyId, string SecretAccessKey, string SessionToken, DateTimeOffset Expiration, CallerIdentity Identity);
