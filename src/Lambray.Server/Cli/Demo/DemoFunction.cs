using System.Security.Cryptography;
using Lambray.Aws;
using Lambray.Server.Cli.AwsApi;

namespace Lambray.Server.Cli.Demo;

/// <summary>The demo's function with all it needs, made as anyone would make it: by the public AWS APIs.</summary>
public sealed class DemoFunction(AwsClient aws, TimeProvider time)
{
    public const string Name = "lambray-demo";

    const string TrustPolicy =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    const int TimeoutSeconds = 30;
    const int MemoryMegabytes = 256;

    static readonly string[] Policies =
    [
        "arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess",
        "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
    ];

    static readonly FunctionEnvironment Environment = new(new Dictionary<string, string> { ["BUCKET"] = Name });
    static readonly TracingConfig Tracing = new("Active");

    // AWS's own waiters ask once a second; here nothing is far away.
    static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    readonly LambdaApi lambda = new(aws);

    /// <summary>The execution role's ARN.</summary>
    public async Task<string> EnsureRoleAsync(CancellationToken cancellation)
    {
        var iam = new IamApi(aws);
        var arn = await UnlessAsync("EntityAlreadyExists",
            () => iam.CreateRoleAsync(Name, TrustPolicy, cancellation), () => iam.GetRoleArnAsync(Name, cancellation));
        foreach (var policy in Policies) await iam.AttachRolePolicyAsync(Name, policy, cancellation);
        return arn;
    }

    public Task EnsureBucketAsync(CancellationToken cancellation) => UnlessAsync("BucketAlreadyOwnedByYou",
        async () =>
        {
            await new S3Api(aws).CreateBucketAsync(Name, cancellation);
            return true;
        }, () => Task.FromResult(false));

    /// <summary>Creates the function, or gives it this code if it has another.</summary>
    public async Task EnsureFunctionAsync(string role, byte[] zip, CancellationToken cancellation)
    {
        var sha256 = Convert.ToBase64String(SHA256.HashData(zip));
        var function = await UnlessAsync("ResourceNotFoundException",
            () => lambda.GetFunctionAsync(Name, cancellation),
            () => lambda.CreateFunctionAsync(
                new(Name, "nodejs20.x", role, "index.handler", new(zip), TimeoutSeconds, MemoryMegabytes, Environment, Tracing), cancellation));
        await WaitUntilActiveAsync(cancellation);
        if (function.CodeSha256 == sha256) return;
        await lambda.UpdateFunctionCodeAsync(Name, new(zip), cancellation);
        await WaitUntilActiveAsync(cancellation);
    }

    /// <summary>Makes the next invocation a cold start: environments of an older configuration are never used again, here as in AWS.</summary>
    public async Task MakeColdAsync(string role, CancellationToken cancellation)
    {
        await lambda.UpdateFunctionConfigurationAsync(
            Name, new(role, $"Cold since {time.GetUtcNow():O}", TimeoutSeconds, MemoryMegabytes, Environment, Tracing), cancellation);
        await WaitUntilActiveAsync(cancellation);
    }

    // Active and updated, as the AWS waiters function-active-v2 and function-updated-v2 ask for it.
    async Task WaitUntilActiveAsync(CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < Deadline)
        {
            var function = await lambda.GetFunctionAsync(Name, cancellation);
            if (function.State == "Failed") throw new CommandException($"{Name} failed: {function.StateReason}", ExitCodes.Failed);
            if (function.LastUpdateStatus == "Failed") throw new CommandException($"the update of {Name} failed: {function.LastUpdateStatusReason}", ExitCodes.Failed);
            if (function is { State: "Active", LastUpdateStatus: "Successful" }) return;
            await Task.Delay(PollInterval, time, cancellation);
        }
        throw new CommandException($"{Name} did not become active within {Deadline.TotalSeconds} s", ExitCodes.Failed);
    }

    static async Task<T> UnlessAsync<T>(string code, Func<Task<T>> first, Func<Task<T>> otherwise)
    {
        try
        {
            return await first();
        }
        catch (AwsException refusal) when (refusal.Code == code)
        {
            return await otherwise();
        }
    }
}
