using System.Globalization;
using System.Text.RegularExpressions;
using Lambray.Aws;

namespace Lambray.Functions.Registry.Layers;

/// <summary>Reads the names of layers and of their versions, which requests give plainly or as ARNs.</summary>
static partial class LayerName
{
    const int LengthMax = 140;
    const int VersionArnLengthMax = 2048;

    // The shapes LayerName and LayerVersionArn of the Lambda API model, as its messages spell them.
    const string Pattern = @"(arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+";

    const string VersionArnPattern =
        @"(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+)";

    /// <summary>The plain name behind a name or a layer's ARN.</summary>
    /// <exception cref="AwsException">Malformed, or of another region or account.</exception>
    public static string Parse(string text, AwsHome home)
    {
        var match = NameRegex().Match(text);
        new Validation()
            .RequireLength(text, "layerName", 1, LengthMax)
            .Require(match.Success, text, "layerName", $"Member must satisfy regular expression pattern: {Pattern}")
            .ThrowIfAny();
        if (Arn.TryParse(text, out var arn) && (arn.Region != home.Region || arn.AccountId != home.AccountId)) throw NotFound();
        return match.Groups["name"].Value;
    }

    /// <summary>Name and version of an ARN in a request's query; a version that is not here has number 0.</summary>
    /// <exception cref="AwsException">Malformed.</exception>
    public static (string Name, long Version) ParseVersionArn(string text, AwsHome home)
    {
        var match = VersionArnRegex().Match(text);
        new Validation().Require(match.Success, text, "arn", $"Member must satisfy regular expression pattern: {VersionArnPattern}").ThrowIfAny();
        return IsHere(text, home) ? NameAndVersion(match) : ("", 0);
    }

    /// <summary>The ARNs that a function's configuration lists: their form, their region, and one version of each layer.</summary>
    /// <exception cref="AwsException">In AWS's words what is wrong.</exception>
    public static void CheckReferences(IReadOnlyList<string> arns, AwsHome home)
    {
        // JSON's null gets past the type that says there is none.
        new Validation().Require(arns.All(arn => arn is { Length: > 0 and <= VersionArnLengthMax } && VersionArnRegex().IsMatch(arn)), $"[{string.Join(", ", arns)}]", "layers",
            $"Member must satisfy constraint: [Member must have length less than or equal to {VersionArnLengthMax}, Member must have length greater than or equal to 1, " +
            $"Member must satisfy regular expression pattern: {VersionArnPattern}, Member must not be null]").ThrowIfAny();
        if (arns.Any(arn => Arn.TryParse(arn, out var parsed) && parsed.Region != home.Region))
            throw LambdaErrors.InvalidParameter($"Layers are not in the same region as the function. Layers are expected to be in region {home.Region}.");
        for (var second = 1; second < arns.Count; second++)
            for (var first = 0; first < second; first++)
                if (WithoutVersion(arns[first]) == WithoutVersion(arns[second]))
                    throw LambdaErrors.InvalidParameter(
                        "Two different versions of the same layer are not allowed to be referenced in the same function. " +
                        $"{arns[first]} and {arns[second]} are versions of the same layer.");
    }

    public static string VersionArn(string layerName, long version, AwsHome home) =>
        string.Create(CultureInfo.InvariantCulture, $"{home.Regional("lambda", $"layer:{Parse(layerName, home)}")}:{version}");

    public static AwsException NotFound() => new("ResourceNotFoundException", 404, "The resource you requested does not exist.");

    static bool IsHere(string text, AwsHome home) => Arn.TryParse(text, out var arn) && arn.Region == home.Region && arn.AccountId == home.AccountId;

    static (string Name, long Version) NameAndVersion(Match match) => (
        match.Groups["name"].Value, long.TryParse(match.Groups["version"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0);

    static string WithoutVersion(string arn) => arn[..arn.LastIndexOf(':')];

    [GeneratedRegex(@"^(arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\d{12}:layer:)?(?<name>[a-zA-Z0-9-_]+)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex NameRegex();

    [GeneratedRegex(
        @"^((arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d:\d{12}:layer:(?<name>[a-zA-Z0-9-_]+):(?<version>[0-9]+))|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+))\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex VersionArnRegex();
}
