namespace Lambray.Functions.Registry.Concurrency;

/// <summary>The quotas of the account that functions share ("Lambda quotas" in the Developer Guide).</summary>
public static class AccountLimits
{
    public const int ConcurrentExecutions = 1_000;

    /// <summary>What must be left for functions that have nothing reserved.</summary>
    public const int UnreservedConcurrencyMin = 100;

    public const long TotalCodeBytes = 80_530_636_800;
}
