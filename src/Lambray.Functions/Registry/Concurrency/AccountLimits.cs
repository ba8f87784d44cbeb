namespace Lambray.Functions.Registry.Concurrency;

/// <summary>The quotas of the account that functions share ("Lambda quotas" in the Developer Guide).</summary>
/// <param name="ConcurrentExecutions">How many invocations may be at work at once; ten times as many may begin in a second.</param>
/// <param name="TotalCodeBytes">What the packages of all functions, versions and layers may add up to.</param>
public sealed record AccountLimits(int ConcurrentExecutions, long TotalCodeBytes)
{
    /// <summary>What an account has in AWS unless it asks for more.</summary>
    public const int ConcurrentExecutionsDefault = 1_000;

    /// <summary>What must be left for functions that have nothing reserved.</summary>
    public const int UnreservedConcurrencyMin = 100;

    /// <inheritdoc cref="ConcurrentExecutionsDefault"/>
    public const int TotalCodeMegabytesDefault = 75 * 1024;
}
