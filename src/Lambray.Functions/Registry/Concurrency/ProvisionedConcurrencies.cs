using System.Collections.Concurrent;
using Lambray.Aws;
using Lambray.Functions.Registry.Aliases;

namespace Lambray.Functions.Registry.Concurrency;

/// <summary>What is asked for of provisioned concurrency, and how far it has come ("Configuring provisioned concurrency" in the Developer Guide).</summary>
/// <remarks>What is asked for is durable. Environments do not outlive the server, so how far they have come is not.</remarks>
public sealed class ProvisionedConcurrencies(FunctionStore store, ConcurrencyReservations reservations, AwsHome home, TimeProvider time)
{
    readonly ConcurrentDictionary<(string Function, string Qualifier), ProvisionedReadiness> readiness = [];

    /// <summary>All that is asked for; it may have changed whenever <see cref="FunctionStore.Changed"/> is raised.</summary>
    public IReadOnlyList<ProvisionedTarget> ListTargets() => [.. store.ListProvisioned().SelectMany(TargetsOf)];

    /// <inheritdoc cref="ListTargets()"/>
    public IReadOnlyList<ProvisionedTarget> ListTargets(string function) => store.Find(function) is { } found ? [.. TargetsOf(found)] : [];

    /// <summary>Tells how far it has come; of no effect when it is not asked for any more.</summary>
    public void Report(string function, string qualifier, ProvisionedReadiness state)
    {
        if (store.Find(function)?.ProvisionedConcurrency.ContainsKey(qualifier) == true) readiness[(function, qualifier)] = state;
    }

    public ProvisionedReadiness ReadinessOf(string function, string qualifier) => readiness.GetValueOrDefault((function, qualifier)) ?? ProvisionedReadiness.NotYet;

    /// <exception cref="AwsException">ResourceNotFoundException, or ProvisionedConcurrencyConfigNotFoundException.</exception>
    public ProvisionedConcurrency Get(FunctionName function)
    {
        RequirePublished(function, "The function resource provided must be an alias or a published version.");
        var found = store.RequireQualified(store.Find(function.Name), function, home);
        return found.ProvisionedConcurrency.GetValueOrDefault(function.Qualifier!)
            ?? throw new AwsException("ProvisionedConcurrencyConfigNotFoundException", 404, "No Provisioned Concurrency Config found for this function");
    }

    /// <summary>By qualifier, in its order.</summary>
    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public IEnumerable<KeyValuePair<string, ProvisionedConcurrency>> List(FunctionName function) =>
        store.Find(function.Name).Require(function, home).ProvisionedConcurrency.OrderBy(provisioned => provisioned.Key, StringComparer.Ordinal);

    /// <exception cref="AwsException">Something named is not there, its version is provisioned otherwise, or too little would be left for others.</exception>
    public async Task<ProvisionedConcurrency> PutAsync(FunctionName function, int? requested)
    {
        new Validation().Require(requested is not null, null, "provisionedConcurrentExecutions", "Member must not be null")
            .RequireRange(requested, "provisionedConcurrentExecutions", 1, int.MaxValue).ThrowIfAny();
        RequirePublished(function, "Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
        var provisioned = new ProvisionedConcurrency(requested!.Value, time.GetUtcNow());
        await reservations.ProvisionAsync(function.Name, found =>
        {
            var current = store.RequireQualified(found, function, home);
            RequireAlone(current, function.Qualifier!);
            RequireRoom(current, function.Qualifier!, provisioned.Requested);
            return current with { ProvisionedConcurrency = current.ProvisionedConcurrency.SetItem(function.Qualifier!, provisioned) };
        });
        readiness.TryRemove((function.Name, function.Qualifier!), out _);
        return provisioned;
    }

    /// <summary>Nothing happens when there is none.</summary>
    /// <exception cref="AwsException">Something named is not there.</exception>
    public async Task DeleteAsync(FunctionName function)
    {
        RequirePublished(function, "The function resource provided must be an alias or a published version.");
        await store.ChangeAsync(function.Name, found =>
        {
            var current = store.RequireQualified(found, function, home);
            return current.ProvisionedConcurrency.ContainsKey(function.Qualifier!)
                ? current with { ProvisionedConcurrency = current.ProvisionedConcurrency.Remove(function.Qualifier!) }
                : current;
        });
        readiness.TryRemove((function.Name, function.Qualifier!), out _);
    }

    static IEnumerable<ProvisionedTarget> TargetsOf(RegisteredFunction function) =>
        from provisioned in function.ProvisionedConcurrency
        from share in SharesOf(provisioned.Key, provisioned.Value.Requested, function.Aliases.GetValueOrDefault(provisioned.Key))
        where share.Requested > 0
        select new ProvisionedTarget(function.Name, provisioned.Key, share.Version, share.Requested);

    // An alias that leads to two versions divides its environments among them as it divides invocations.
    static (string Version, int Requested)[] SharesOf(string qualifier, int requested, Alias? alias)
    {
        if (alias is null) return [(qualifier, requested)];
        if (alias.Routing is not { } routing) return [(alias.FunctionVersion, requested)];
        var second = (int)Math.Round(requested * routing.Weight, MidpointRounding.AwayFromZero);
        return [(alias.FunctionVersion, requested - second), (routing.Version, second)];
    }

    static void RequirePublished(FunctionName function, string refusal)
    {
        new Validation().Require(function.Qualifier is not null, null, "qualifier", "Member must not be null").ThrowIfAny();
        if (function.Qualifier == FunctionName.Latest) throw LambdaErrors.InvalidParameter(refusal);
    }

    // A version's environments are asked for once: by its number, or by one alias.
    static void RequireAlone(RegisteredFunction function, string qualifier)
    {
        var alias = function.Aliases.GetValueOrDefault(qualifier);
        if (alias is null)
        {
            if (function.ProvisionedConcurrency.Keys.Any(other => function.Aliases.GetValueOrDefault(other)?.Includes(qualifier) == true))
                throw Conflict("Version is pointed by a Provisioned Concurrency alias");
            return;
        }
        if (alias.FunctionVersion == FunctionName.Latest)
            throw LambdaErrors.InvalidParameter("Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
        if (function.ProvisionedConcurrency.Keys.Any(alias.Includes))
            throw Conflict("Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version");
        if (function.ProvisionedConcurrency.Keys.Any(other => other != qualifier && SharesVersion(alias, function.Aliases.GetValueOrDefault(other))))
            throw Conflict("Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version");
    }

    static bool SharesVersion(Alias alias, Alias? other) =>
        other is not null && (other.Includes(alias.FunctionVersion) || (alias.Routing is { } routing && other.Includes(routing.Version)));

    void RequireRoom(RegisteredFunction function, string qualifier, int requested)
    {
        var before = function.ProvisionedConcurrency.GetValueOrDefault(qualifier)?.Requested ?? 0;
        if (function.ReservedConcurrency is { } reserved)
        {
            if (ConcurrencyReservations.ProvisionedBy(function) - before + requested > reserved)
                throw LambdaErrors.InvalidParameter("Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function");
            return;
        }
        var left = reservations.Unreserved() + before;
        if (requested > left)
            throw LambdaErrors.UntypedInvalidParameter($"Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [{left}].");
        if (left - requested < AccountLimits.UnreservedConcurrencyMin)
            throw LambdaErrors.UntypedInvalidParameter(
                "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of " +
                $"[{AccountLimits.UnreservedConcurrencyMin}].");
    }

    static AwsException Conflict(string message) => new("ResourceConflictException", 409, message);
}
