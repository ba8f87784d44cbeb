namespace Lambray.Aws.Signing;

/// <summary>What a client signs with; temporary credentials (access keys that begin with <c>ASIA</c>) also carry a session token.</summary>
public sealed record AwsCredentials(string AccessKeyId, string SecretAccessKey, string? SessionToken = null);
