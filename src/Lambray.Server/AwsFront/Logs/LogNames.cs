using System.Text.RegularExpressions;
using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Resources.Logs;

namespace Lambray.Server.AwsFront.Logs;

/// <summary>Names of groups and streams as requests give them, checked against the API model.</summary>
static partial class LogNames
{
    public const string InvalidParameter = "InvalidParameterException";

    const int NameLengthMax = 512;
    const string GroupPattern = @"[\.\-_/#A-Za-z0-9]+";
    const string StreamPattern = "[^:*]*";

    public static string Group(string? name, string member = "logGroupName")
    {
        Check(name, member, GroupRegex(), GroupPattern);
        return name!;
    }

    public static string Stream(string? name, string member = "logStreamName")
    {
        Check(name, member, StreamRegex(), StreamPattern);
        return name!;
    }

    /// <summary>A group by its name or, in newer requests, by a name or an ARN in another member.</summary>
    public static string Group(string? name, string? identifier, AwsHome home) => (name, identifier) switch
    {
        (not null, not null) => throw LogErrors.InvalidParameter("LogGroup name and LogGroup ARN are mutually exclusive parameters."),
        (null, { } given) => OfIdentifier(given, home),
        _ => Group(name),
    };

    /// <param name="identifier">A name or an ARN.</param>
    public static string OfIdentifier(string identifier, AwsHome home) =>
        Arn.TryParse(identifier, out _) ? OfArn(identifier, home) : Group(identifier, "logGroupIdentifier");

    /// <summary>The name in an ARN, which in some operations ends with <c>:*</c>.</summary>
    /// <exception cref="AwsException">It is no group's, or one of another account or region.</exception>
    public static string OfArn(string? text, AwsHome home)
    {
        const string Prefix = "log-group:";
        if (!Arn.TryParse(text, out var arn) || arn.Service != "logs" || !arn.Resource.StartsWith(Prefix, StringComparison.Ordinal))
            throw LogErrors.InvalidParameter($"Invalid ARN: {text}");
        if (arn.Region != home.Region || arn.AccountId != home.AccountId) throw LogErrors.GroupNotFound();
        return Group(arn.Resource[Prefix.Length..].Split(':')[0]);
    }

    static void Check(string? name, string member, Regex regex, string pattern)
    {
        new Validation().Require(name is not null, null, member, "Member must not be null").ThrowIfAny(InvalidParameter);
        new Validation()
            .RequireLength(name, member, 1, NameLengthMax)
            .Require(regex.IsMatch(name!), name, member, $"Member must satisfy regular expression pattern: {pattern}")
            .ThrowIfAny(InvalidParameter);
    }

    [GeneratedRegex($@"^{GroupPattern}\z")]
    private static partial Regex GroupRegex();

    [GeneratedRegex($@"^{StreamPattern}\z")]
    private static partial Regex StreamRegex();
}
