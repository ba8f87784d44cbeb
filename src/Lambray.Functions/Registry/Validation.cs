using System.Globalization;
using Lambray.Aws;

namespace Lambray.Functions.Registry;

/// <summary>Collects what is wrong with a request and words it as AWS's front end does.</summary>
/// <remarks>Every broken constraint is reported at once: "2 validation errors detected: Value … at … failed to satisfy constraint: …; Value …".</remarks>
public sealed class Validation
{
    readonly List<(MemberFault Fault, string Sentence)> errors = [];

    public Validation Require(bool holds, string? value, string member, string constraint)
    {
        if (!holds) errors.Add((new MemberFault(member, constraint), Sentence(value is null ? "null" : $"'{value}'", member, constraint)));
        return this;
    }

    public Validation RequireRange(long? value, string member, long min, long max)
    {
        if (value is not { } number) return this;
        var text = number.ToString(CultureInfo.InvariantCulture);
        Require(number >= min, text, member, $"Member must have value greater than or equal to {min}");
        return Require(number <= max, text, member, $"Member must have value less than or equal to {max}");
    }

    public Validation RequireLength(string? value, string member, int min, int max)
    {
        if (value is null) return this;
        Require(value.Length >= min, value, member, $"Member must have length greater than or equal to {min}");
        return Require(value.Length <= max, value, member, $"Member must have length less than or equal to {max}");
    }

    /// <exception cref="AwsException">ValidationException (or another code), if anything was wrong.</exception>
    public void ThrowIfAny(string code = "ValidationException")
    {
        if (errors.Count == 0) return;
        var count = errors.Count == 1 ? "1 validation error" : $"{errors.Count} validation errors";
        throw new AwsException(code, 400, $"{count} detected: {string.Join("; ", errors.Select(error => error.Sentence))}")
        {
            Members = [.. errors.Select(error => error.Fault)],
        };
    }

    static string Sentence(string value, string member, string constraint) => $"Value {value} at '{member}' failed to satisfy constraint: {constraint}";
}
