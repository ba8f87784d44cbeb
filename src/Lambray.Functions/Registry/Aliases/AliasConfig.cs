using System.Globalization;
using System.Text.RegularExpressions;

namespace Lambray.Functions.Registry.Aliases;

/// <summary>What a caller asks of an alias, in CreateAlias or UpdateAlias; null means "not said".</summary>
/// <param name="Weights">Additional versions and their parts of the invocations; empty for none.</param>
public sealed partial record AliasConfig(string? FunctionVersion, string? Description, IReadOnlyDictionary<string, double>? Weights)
{
    const string VersionPattern = @"(\$LATEST(\.PUBLISHED)?|[0-9]+)";
    const int VersionLengthMax = 1024;
    const int DescriptionLengthMax = 256;

    /// <param name="name">Of the alias; null for one that is there already.</param>
    /// <exception cref="Aws.AwsException">The first kind of limit that is broken, in AWS's words.</exception>
    internal void Check(string? name)
    {
        var validation = new Validation();
        if (name is not null)
            validation.RequireLength(name, "name", 1, AliasName.LengthMax)
                .Require(AliasName.IsOne(name), name, "name", $"Member must satisfy regular expression pattern: {AliasName.Pattern}");
        if (FunctionVersion is not null)
            validation.Require(VersionRegex().IsMatch(FunctionVersion), FunctionVersion, "functionVersion", $"Member must satisfy regular expression pattern: {VersionPattern}");
        validation.RequireLength(Description, "description", 0, DescriptionLengthMax);
        foreach (var (version, weight) in Weights ?? new Dictionary<string, double>()) CheckWeight(validation, version, weight);
        validation.ThrowIfAny();
        if (Weights?.Count > 1) throw LambdaErrors.InvalidParameter("Number of items in AdditionalVersionWeights cannot be greater than 1");
    }

    /// <summary>The second version that is asked for; null for none.</summary>
    internal AliasRouting? Routing => Weights is { Count: 1 } ? new AliasRouting(Weights.Single().Key, Weights.Single().Value) : null;

    static void CheckWeight(Validation validation, string version, double weight)
    {
        const string Member = "routingConfig.additionalVersionWeights";
        // As AWS prints it: 2.0, not 2.
        var text = string.Create(CultureInfo.InvariantCulture, $"{{{version}={weight:0.0###############}}}");
        validation.Require(NumberRegex().IsMatch(version), text, Member,
            $"Map keys must satisfy constraint: [Member must have length less than or equal to {VersionLengthMax}, " +
            "Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+]");
        validation.Require(weight is >= 0 and <= 1, text, Member,
            "Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]");
    }

    [GeneratedRegex($@"^{VersionPattern}\z")]
    private static partial Regex VersionRegex();

    [GeneratedRegex(@"^[0-9]+\z")]
    private static partial Regex NumberRegex();
}
