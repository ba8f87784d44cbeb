namespace Lambray.Functions.Registry;

/// <summary>What an invocation of some name runs.</summary>
/// <param name="Function">The version that runs; while an update of <c>$LATEST</c> is being prepared, the one before.</param>
/// <param name="Alias">The alias that led here; null when none did.</param>
/// <param name="Registered">All that is set for the function.</param>
public sealed record InvocationTarget(FunctionModel Function, string? Alias, RegisteredFunction Registered)
{
    public string ExecutedVersion => Function.Version;

    /// <summary>What settings by qualifier are looked up with.</summary>
    public string Qualifier => Alias ?? Function.Version;
}
