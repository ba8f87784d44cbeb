using Lambray.Aws;
using Lambray.Server.Cli.AwsApi;
using Lambray.Server.Cli.Deploy;

namespace Lambray.Server.Cli.Demo;

/// <summary>The demo's function with all it needs.</summary>
public sealed class DemoFunction(AwsClient aws, TimeProvider time)
{
    public const string Name = "lambray-demo";

    const int TimeoutSeconds = 30;
    const int MemoryMegabytes = 256;

    static readonly FunctionEnvironment Environment = new(new Dictionary<string, string> { ["BUCKET"] = Name });
    static readonly TracingConfig Tracing = new("Active");

    readonly FunctionDeployment deployment = new(aws, time);

    /// <summary>The execution role's ARN.</summary>
    public Task<string> EnsureRoleAsync(CancellationToken cancellation) => deployment.EnsureRoleAsync(Name, cancellation);

    public async Task EnsureBucketAsync(CancellationToken cancellation)
    {
        try
        {
            await new S3Api(aws).CreateBucketAsync(Name, cancellation);
        }
        catch (AwsException refusal) when (refusal.Code == "BucketAlreadyOwnedByYou")
        {
        }
    }

    /// <summary>Creates the function, or gives it this code if it has another.</summary>
    public Task EnsureFunctionAsync(string role, byte[] zip, CancellationToken cancellation) => deployment.EnsureCodeAsync(
        new(Name, "nodejs20.x", role, "index.handler", new(zip), TimeoutSeconds, MemoryMegabytes, Environment, Tracing), cancellation);

    /// <summary>Makes the next invocation a cold start: environments of an older configuration are never used again, here as in AWS.</summary>
    public Task MakeColdAsync(string role, CancellationToken cancellation) => deployment.UpdateConfigurationAsync(
        Name, new(role, $"Cold since {time.GetUtcNow():O}", TimeoutSeconds, MemoryMegabytes, Environment, Tracing), cancellation);
}
