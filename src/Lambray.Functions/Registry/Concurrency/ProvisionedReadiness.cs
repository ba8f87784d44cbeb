namespace Lambray.Functions.Registry.Concurrency;

/// <summary>How far the environments that were asked for have come; told by whoever starts them.</summary>
/// <param name="Allocated">Environments that there are.</param>
/// <param name="Available">Of these, the ones that are initialized.</param>
/// <param name="Reason">Why it failed.</param>
public sealed record ProvisionedReadiness(ProvisionedStatus Status, int Allocated, int Available, string? Reason = null)
{
    public static readonly ProvisionedReadiness NotYet = new(ProvisionedStatus.InProgress, 0, 0);
}

public enum ProvisionedStatus
{
    InProgress,
    Ready,
    Failed,
}
