namespace Lambray.Functions.Registry.Aliases;

/// <summary>A name for a version, which can move to another ("Lambda function aliases" in the Developer Guide).</summary>
/// <param name="FunctionVersion">A number or <c>$LATEST</c>.</param>
/// <param name="Routing">A second version that gets a part of the invocations.</param>
public sealed record Alias(string Name, string FunctionVersion, string Description, AliasRouting? Routing, Guid RevisionId)
{
    /// <summary>The version that an invocation goes to.</summary>
    /// <param name="chance">From 0 to less than 1, evenly distributed.</param>
    public string Choose(double chance) => Routing is { } routing && chance < routing.Weight ? routing.Version : FunctionVersion;

    public bool Includes(string version) => FunctionVersion == version || Routing?.Version == version;
}

/// <param name="Weight">The part of the invocations that goes to this version, 0 to 1.</param>
public sealed record AliasRouting(string Version, double Weight);
