namespace Lambray.Server.Cli.AwsApi;

/// <summary>The operations of S3 that the command line uses.</summary>
public sealed class S3Api(AwsClient aws)
{
    /// <summary>In us-east-1 a bucket of one's own may be created again, and stays as it is.</summary>
    public async Task CreateBucketAsync(string name, CancellationToken cancellation)
    {
        using var response = await aws.SendAsync(new AwsRequest("s3", HttpMethod.Put, "/" + Uri.EscapeDataString(name)), cancellation);
    }
}
