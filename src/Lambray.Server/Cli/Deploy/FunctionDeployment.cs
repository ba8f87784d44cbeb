using System.Security.Cryptography;
using Lambray.Aws;
using Lambray.Server.Cli.AwsApi;

namespace Lambray.Server.Cli.Deploy;

/// <summary>A function with its role, made or brought up to date as anyone would do it: by the public AWS APIs.</summary>
public sealed class FunctionDeployment(AwsClient aws, TimeProvider time)
{
    const string TrustPolicy =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    static readonly string[] Policies =
    [
        "arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess",
        "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
    ];

    // AWS's own waiters ask once a second; here nothing is far away.
    static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    readonly LambdaApi lambda = new(aws);

    /// <summary>A role that lets functions log and trace; its ARN.</summary>
    public async Task<string> EnsureRoleAsync(string name, CancellationToken cancellation)
    {
        var iam = new IamApi(aws);
        var arn = await UnlessAsync("EntityAlreadyExists",
            () => iam.CreateRoleAsync(name, TrustPolicy, cancellation), () => iam.GetRoleArnAsync(name, cancellation));
        foreach (var policy in Policies) await iam.AttachRolePolicyAsync(name, policy, cancellation);
        return arn;
    }

    /// <summary>Creates the function, or gives it this code if it has another; waits until it can be invoked.</summary>
    /// <returns>Whether it is new.</returns>
    public async Task<bool> EnsureCodeAsync(CreateFunctionRequest request, CancellationToken cancellation)
    {
        var isNew = false;
        var function = await UnlessAsync("ResourceNotFoundException", () => lambda.GetFunctionAsync(request.FunctionName, cancellation), async () =>
        {
            isNew = true;
            return await lambda.CreateFunctionAsync(request, cancellation);
        });
        await WaitUntilActiveAsync(request.FunctionName, cancellation);
        if (function.CodeSha256 == Convert.ToBase64String(SHA256.HashData(request.Code.ZipFile))) return isNew;
        await lambda.UpdateFunctionCodeAsync(request.FunctionName, new(request.Code.ZipFile), cancellation);
        await WaitUntilActiveAsync(request.FunctionName, cancellation);
        return isNew;
    }

    public async Task<FunctionConfiguration> UpdateConfigurationAsync(string name, UpdateFunctionConfigurationRequest request, CancellationToken cancellation)
    {
        await lambda.UpdateFunctionConfigurationAsync(name, request, cancellation);
        return await WaitUntilActiveAsync(name, cancellation);
    }

    // Active and updated, as the AWS waiters function-active-v2 and function-updated-v2 ask for it.
    async Task<FunctionConfiguration> WaitUntilActiveAsync(string name, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < Deadline)
        {
            var function = await lambda.GetFunctionAsync(name, cancellation);
            if (function.State == "Failed") throw new CommandException($"{name} failed: {function.StateReason}", ExitCodes.Failed);
            if (function.LastUpdateStatus == "Failed") throw new CommandException($"the update of {name} failed: {function.LastUpdateStatusReason}", ExitCodes.Failed);
            if (function is { State: "Active", LastUpdateStatus: "Successful" }) return function;
            await Task.Delay(PollInterval, time, cancellation);
        }
        throw new CommandException($"{name} did not become active within {Deadline.TotalSeconds} s", ExitCodes.Failed);
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
