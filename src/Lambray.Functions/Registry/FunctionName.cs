using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Lambray.Aws;

namespace Lambray.Functions.Registry;

/// <summary>Which function, and which of its versions, a request means.</summary>
/// <param name="Qualifier">A version or an alias; null when the request named none.</param>
[method: JsonConstructor]
public readonly partial record struct FunctionName(string Name, string? Qualifier)
{
    public const string Latest = "$LATEST";
    public const int LengthMax = 64;

    // The shape NamespacedFunctionName of the Lambda API model: a name, a partial or a full ARN, each with an optional qualifier.
    const string Pattern =
        @"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?";

    const string QualifierPattern = @"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+";
    const int QualifierLengthMax = 128;

    // The shape FunctionName, which only a new function's name has to have: no dots, no other function's published latest.
    const string NewPattern =
        @"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?";

    const int NewLengthMax = 140;

    /// <summary>Reads the name that a new function is to have.</summary>
    /// <exception cref="AwsException">It is missing, malformed, or lies in another region.</exception>
    public static FunctionName ParseNew(string? text, AwsHome home)
    {
        new Validation().Require(text is not null, null, "functionName", "Member must not be null").ThrowIfAny();
        new Validation()
            .RequireLength(text, "functionName", 1, NewLengthMax)
            .Require(NewNamePattern().IsMatch(text!), text, "functionName", $"Member must satisfy regular expression pattern: {NewPattern}")
            .ThrowIfAny();
        var name = Parse(text!, qualifier: null, home);
        new Validation().RequireLength(name.Name, "functionName", 1, LengthMax).ThrowIfAny("InvalidParameterValueException");
        return name;
    }

    /// <summary>Reads the name in a request's path together with its <c>Qualifier</c> parameter.</summary>
    /// <exception cref="AwsException">The name is malformed, lies in another region, or carries a qualifier that contradicts the parameter.</exception>
    public static FunctionName Parse(string text, string? qualifier, AwsHome home)
    {
        var match = NamePattern().Match(text);
        var validation = new Validation().RequireLength(qualifier, "qualifier", 1, QualifierLengthMax);
        if (qualifier is not null)
            validation.Require(QualifierRegex().IsMatch(qualifier), qualifier, "qualifier", $"Member must satisfy regular expression pattern: {QualifierPattern}");
        validation.Require(match.Success, text, "functionName", $"Member must satisfy regular expression pattern: {Pattern}").ThrowIfAny();

        RequireHere(match, home);
        var derived = match.Groups["qualifier"] is { Success: true } group ? group.Value : null;
        if (derived is not null && qualifier is not null && derived != qualifier)
            throw LambdaErrors.InvalidParameter("The derived qualifier from the function name does not match the specified qualifier.");
        return new FunctionName(match.Groups["name"].Value, qualifier ?? derived);
    }

    public Arn UnqualifiedArn(AwsHome home) => home.Regional("lambda", $"function:{Name}");

    /// <summary>The ARN as the request meant it, which errors and traces name.</summary>
    public Arn Arn(AwsHome home) => Qualifier is null ? UnqualifiedArn(home) : home.Regional("lambda", $"function:{Name}:{Qualifier}");

    static void RequireHere(Match match, AwsHome home)
    {
        if (match.Groups["region"] is { Success: true, Value: var region } && region != home.Region)
            throw new AwsException("ResourceNotFoundException", 404, $"Functions from '{region}' are not reachable in this region ('{home.Region}')");
        if (match.Groups["account"] is { Success: true, Value: var account } && account != home.AccountId)
            throw new AwsException("AccessDeniedException", 403, $"This server stands for account {home.AccountId}, not for {account}.");
    }

    // Pattern, its parts named.
    [GeneratedRegex(
        @"^(arn:(aws[a-zA-Z-]*)?:lambda:)?((?<region>(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d):)?((?<account>\d{12}):)?(function:)?(?<name>[a-zA-Z0-9-_\.]+)(:(?<qualifier>\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex NamePattern();

    [GeneratedRegex($@"^{NewPattern}\z")]
    private static partial Regex NewNamePattern();

    [GeneratedRegex(@"^(\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+)\z")]
    private static partial Regex QualifierRegex();
}
