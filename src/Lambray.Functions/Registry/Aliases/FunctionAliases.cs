using Lambray.Aws;

namespace Lambray.Functions.Registry.Aliases;

/// <summary>The aliases of functions ("Create an alias for a Lambda function" in the Developer Guide).</summary>
public sealed class FunctionAliases(FunctionStore store, AwsHome home)
{
    /// <exception cref="AwsException">The function or a version is not there, the alias is, or the request breaks a limit.</exception>
    public async Task<Alias> CreateAsync(FunctionName function, string? name, AliasConfig config)
    {
        new Validation().Require(name is not null, null, "name", "Member must not be null")
            .Require(config.FunctionVersion is not null, null, "functionVersion", "Member must not be null").ThrowIfAny();
        config.Check(name);
        var alias = new Alias(name!, config.FunctionVersion!, config.Description ?? "", config.Routing, Guid.NewGuid());
        await store.ChangeAsync(function.Name, found =>
        {
            RequireTargets(found, function, alias);
            if (found!.Aliases.ContainsKey(alias.Name))
                throw new AwsException("ResourceConflictException", 409, $"Alias already exists: {ArnOf(function, alias.Name)}");
            return found with { Aliases = found.Aliases.Add(alias.Name, alias) };
        });
        return alias;
    }

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public Alias Get(FunctionName function, string name) =>
        store.Find(function.Name)?.Aliases.GetValueOrDefault(name) ?? throw LambdaErrors.AliasNotFound(ArnOf(function, name));

    /// <summary>In the order of their names.</summary>
    /// <param name="version">Only those that point to this version; null for all.</param>
    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public IEnumerable<Alias> List(FunctionName function, string? version) => store.Find(function.Name).Require(function, home).Aliases.Values
        .Where(alias => version is null || alias.FunctionVersion == version).OrderBy(alias => alias.Name, StringComparer.Ordinal);

    /// <exception cref="AwsException">As <see cref="CreateAsync"/>; or the alias has changed since that revision.</exception>
    public async Task<Alias> UpdateAsync(FunctionName function, string name, AliasConfig config, Guid? expectedRevision)
    {
        config.Check(name: null);
        var changed = await store.ChangeAsync(function.Name, found =>
        {
            if (found?.Aliases.GetValueOrDefault(name) is not { } current)
                throw new AwsException("ResourceNotFoundException", 404, $"Alias not found: {ArnOf(function, name)}");
            if (expectedRevision is { } expected && expected != current.RevisionId) throw LambdaErrors.RevisionMismatch();
            var updated = current with
            {
                FunctionVersion = config.FunctionVersion ?? current.FunctionVersion,
                Description = config.Description ?? current.Description,
                Routing = config.Weights is null ? current.Routing : config.Routing,
                RevisionId = Guid.NewGuid(),
            };
            RequireTargets(found, function, updated);
            return found with { Aliases = found.Aliases.SetItem(name, updated) };
        });
        return changed.Aliases[name];
    }

    /// <summary>Removes an alias with all that was set for it; nothing happens when there is none.</summary>
    /// <exception cref="AwsException">The function is not there.</exception>
    public Task DeleteAsync(FunctionName function, string name) => store.ChangeAsync(
        function.Name, found => found.Require(function, home) is var current && current.Aliases.ContainsKey(name) ? current.Without(name) : current);

    public string ArnOf(FunctionName function, string alias) => (function with { Qualifier = alias }).Arn(home).ToString();

    void RequireTargets(RegisteredFunction? found, FunctionName function, Alias alias)
    {
        if (alias.Routing?.Version == alias.FunctionVersion)
            throw LambdaErrors.InvalidParameter(
                $"Invalid function version {alias.FunctionVersion}. Function version {alias.FunctionVersion} is already included in routing configuration.");
        foreach (var version in (IEnumerable<string>)(alias.Routing is { } routing ? [alias.FunctionVersion, routing.Version] : [alias.FunctionVersion]))
            if (found is null || store.FindVersion(function.Name, version) is null)
                throw LambdaErrors.FunctionNotFound((function with { Qualifier = version }).Arn(home).ToString());
        if (alias.FunctionVersion == FunctionName.Latest && alias.Routing is not null)
            throw LambdaErrors.UntypedInvalidParameter("$LATEST is not supported for an alias pointing to more than 1 version");
    }
}
