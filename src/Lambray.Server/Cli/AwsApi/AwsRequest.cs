namespace Lambray.Server.Cli.AwsApi;

/// <summary>A request to an AWS service, before it is signed.</summary>
/// <param name="Service">As in the credential scope: <c>lambda</c>, <c>xray</c>, <c>s3</c>, <c>iam</c>.</param>
/// <param name="Path">Escaped, with its query.</param>
public sealed record AwsRequest(string Service, HttpMethod Method, string Path)
{
    public ReadOnlyMemory<byte> Body { get; init; }

    public string? ContentType { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
