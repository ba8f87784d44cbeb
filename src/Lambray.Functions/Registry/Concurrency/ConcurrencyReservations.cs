using Lambray.Aws;

namespace Lambray.Functions.Registry.Concurrency;

/// <summary>Which part of the account's concurrency belongs to which function ("Configuring reserved concurrency" in the Developer Guide).</summary>
public sealed class ConcurrencyReservations(FunctionStore store, AccountLimits limits, AwsHome home) : IDisposable
{
    // What functions reserve is a sum over all of them, so only one of them may change it at a time.
    readonly SemaphoreSlim reserving = new(1, 1);

    /// <summary>Null for a function that shares what nobody has reserved.</summary>
    public int? Reserved(string function) => store.Find(function)?.ReservedConcurrency;

    /// <summary>What functions without a reservation of their own share.</summary>
    public int Unreserved() => limits.ConcurrentExecutions - store.ReservedConcurrencyTotal() - ProvisionedWithoutReservation();

    /// <exception cref="AwsException">The function is not there, or too little would be left for the others.</exception>
    public async Task ReserveAsync(FunctionName function, int? concurrency)
    {
        RequireUnqualified(function);
        await reserving.WaitAsync();
        try
        {
            await store.ChangeAsync(function.Name, found =>
            {
                var current = found.Require(function with { Qualifier = FunctionName.Latest }, home);
                new Validation().Require(concurrency is not null, null, "reservedConcurrentExecutions", "Member must not be null")
                    .RequireRange(concurrency, "reservedConcurrentExecutions", 0, int.MaxValue).ThrowIfAny();
                RequireRoom(current, concurrency!.Value);
                return current with { ReservedConcurrency = concurrency };
            });
        }
        finally
        {
            reserving.Release();
        }
    }

    /// <summary>Gives the function's part back to all.</summary>
    /// <exception cref="AwsException">The function is not there.</exception>
    public Task ReleaseAsync(FunctionName function)
    {
        RequireUnqualified(function);
        return store.ChangeAsync(function.Name, found => found.Require(function with { Qualifier = FunctionName.Latest }, home) with { ReservedConcurrency = null });
    }

    /// <summary>Runs a change of provisioned concurrency, which counts against the same limits, while nobody reserves.</summary>
    internal async Task<RegisteredFunction> ProvisionAsync(string function, Func<RegisteredFunction?, RegisteredFunction> change)
    {
        await reserving.WaitAsync();
        try
        {
            return await store.ChangeAsync(function, change);
        }
        finally
        {
            reserving.Release();
        }
    }

    public void Dispose() => reserving.Dispose();

    void RequireRoom(RegisteredFunction function, int concurrency)
    {
        // What the function has now goes back before it takes anew; what it provisions then comes out of its own part.
        var left = Unreserved() + (function.ReservedConcurrency ?? ProvisionedBy(function)) - concurrency;
        if (left < AccountLimits.UnreservedConcurrencyMin)
            throw LambdaErrors.UntypedInvalidParameter(
                "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of " +
                $"[{AccountLimits.UnreservedConcurrencyMin}].");
        if (concurrency < ProvisionedBy(function))
            throw LambdaErrors.InvalidParameter(
                $"ReservedConcurrentExecutions  {concurrency} should not be lower than function's total provisioned concurrency [{ProvisionedBy(function)}].");
    }

    int ProvisionedWithoutReservation() => store.ListProvisioned().Where(function => function.ReservedConcurrency is null).Sum(ProvisionedBy);

    internal static int ProvisionedBy(RegisteredFunction function) => function.ProvisionedConcurrency.Values.Sum(provisioned => provisioned.Requested);

    static void RequireUnqualified(FunctionName function)
    {
        if (function.Qualifier is not null)
            throw LambdaErrors.InvalidParameter(
                "This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. " +
                "Please specify either a function name or an unqualified function ARN.");
    }
}
