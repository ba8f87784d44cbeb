namespace Lambray.Functions.Registry;

/// <summary>The identifiers that AWS knows for managed runtimes.</summary>
public static class ManagedRuntimes
{
    // In the order that AWS's own message lists them (recorded in 2026).
    static readonly string[] Known =
    [
        "nodejs20.x", "python3.14", "provided.al2023", "python3.12", "python3.13", "nodejs24.x", "nodejs22.x", "java25", "python3.10", "python3.11",
        "java21", "ruby3.3", "ruby3.4", "ruby3.2", "python3.8", "python3.9", "java17", "nodejs16.x", "dotnet10", "dotnet8", "java11", "dotnet6",
        "nodejs18.x", "provided.al2", "java8.al2",
    ];

    static readonly string[] Retired = ["nodejs12.x", "nodejs14.x", "python3.7", "ruby2.7", "java8", "go1.x", "provided", "dotnetcore3.1"];

    /// <summary>Those that functions can be created with, by language, the newest first.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Known.GroupBy(runtime => runtime.TrimEnd('x').TrimEnd("0123456789.".ToCharArray())).SelectMany(language => language.OrderByDescending(VersionOf))];

    /// <summary>How AWS ends the sentence about a name that it does not know.</summary>
    public static readonly string MustBeKnown = $"Member must satisfy enum value set: [{string.Join(", ", Known)}]";

    /// <summary>Layers may still be meant for runtimes that no function can be created with.</summary>
    public static bool IsKnownOrRetired(string runtime) => Known.Contains(runtime) || Retired.Contains(runtime);

    /// <summary>"Supported features" of "Improving startup performance with Lambda SnapStart" in the Developer Guide.</summary>
    public static bool HasSnapStart(string runtime) => runtime is
        "java11" or "java17" or "java21" or "java25" or "python3.12" or "python3.13" or "python3.14" or "dotnet8" or "dotnet10";

    /// <exception cref="Aws.AwsException">AWS would not create a function with this runtime.</exception>
    public static void RequireKnown(string runtime)
    {
        if (Retired.Contains(runtime))
            throw LambdaErrors.InvalidParameter(
                $"The runtime parameter of {runtime} is no longer supported for creating or updating AWS Lambda functions. " +
                "We recommend you use a supported runtime while creating or updating functions.");
        if (!Known.Contains(runtime))
            throw LambdaErrors.InvalidParameter($"Value {runtime} at 'runtime' failed to satisfy constraint: {MustBeKnown} or be a valid ARN");
    }

    static Version VersionOf(string runtime)
    {
        var digits = string.Concat(runtime.SkipWhile(letter => !char.IsAsciiDigit(letter)).TakeWhile(letter => char.IsAsciiDigit(letter) || letter == '.')).TrimEnd('.');
        return Version.TryParse(digits.Contains('.', StringComparison.Ordinal) ? digits : digits + ".0", out var version) ? version : new Version();
    }
}
