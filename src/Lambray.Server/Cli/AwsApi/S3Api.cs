using System.Text;

namespace Lambray.Server.Cli.AwsApi;

/// <summary>The operations of S3 that the command line uses.</summary>
public sealed class S3Api(AwsClient aws)
{
    /// <summary>In us-east-1 a bucket of one's own may be created again, and stays as it is.</summary>
    public Task CreateBucketAsync(string name, CancellationToken cancellation) =>
        SendAsync(new AwsRequest("s3", HttpMethod.Put, "/" + Uri.EscapeDataString(name)), cancellation);

    /// <summary>Who is told of changes; replaces what was said before.</summary>
    public Task PutNotificationsAsync(string bucket, string configuration, CancellationToken cancellation) =>
        SendAsync(new AwsRequest("s3", HttpMethod.Put, $"/{Uri.EscapeDataString(bucket)}?notification") { Body = Encoding.UTF8.GetBytes(configuration) }, cancellation);

    /// <param name="key">In letters that need no escape.</param>
    public Task PutObjectAsync(string bucket, string key, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellation) =>
        SendAsync(new AwsRequest("s3", HttpMethod.Put, $"/{Uri.EscapeDataString(bucket)}/{key}") { Body = body, Headers = headers }, cancellation);

    async Task SendAsync(AwsRequest request, CancellationToken cancellation)
    {
        using var response = await aws.SendAsync(request, cancellation);
    }
}
