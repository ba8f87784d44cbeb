namespace Lambray.Functions.Registry.Concurrency;

/// <summary>How many environments of a version or alias are to be kept initialized ("Configuring provisioned concurrency" in the Developer Guide).</summary>
public sealed record ProvisionedConcurrency(int Requested, DateTimeOffset LastModified);
