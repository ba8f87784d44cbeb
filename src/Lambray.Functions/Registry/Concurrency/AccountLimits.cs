namespace Lambray.Functions.Registry.Concurrency;

/// <summary>The quotas of the account that functions share ("Lambda quotas" in the Developer Guide).</summary>
/// <param name="ConcurrentExecutions">How many invocations may be at work at once; ten times as many may begin in a second.</param>
public sealed record AccountLimits(int ConcurrentExecutions)
{
    /// <summary>What an account has in AWS unless it asks for more.</summary>
    public const int ConcurrentExecutionsDefault = 1_000;

    /// <summary>What must be left for functions that have nothing reserved.</summary>
    public const int UnreservedConcurrencyMin = 100;

    public const long TotalCodeBytes = 80_530_636_800;
}
