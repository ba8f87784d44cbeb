using Lambray.Aws;
using Lambray.Functions.Registry.Concurrency;

namespace Lambray.Functions.Registry;

/// <summary>The account's room for code: what all functions, their versions and the layers keep ("Lambda quotas" in the Developer Guide).</summary>
public sealed class CodeQuota(FunctionStore store, AccountLimits limits)
{
    /// <param name="bytes">How much more there would be.</param>
    /// <exception cref="AwsException">CodeStorageExceededException.</exception>
    public void RequireRoom(long bytes)
    {
        if (bytes > 0 && store.Measure().CodeBytes + bytes > limits.TotalCodeBytes)
            throw new AwsException("CodeStorageExceededException", 400, "Code storage limit exceeded.");
    }
}
