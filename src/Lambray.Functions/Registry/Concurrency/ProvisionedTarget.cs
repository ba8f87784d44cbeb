namespace Lambray.Functions.Registry.Concurrency;

/// <summary>A version of which so many environments are to be kept initialized.</summary>
/// <param name="Qualifier">The version or the alias that it was asked for.</param>
/// <param name="Version">The version that this means now, or one of the two that an alias divides its invocations among.</param>
public sealed record ProvisionedTarget(string FunctionName, string Qualifier, string Version, int Requested);
