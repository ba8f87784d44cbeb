using System.Text;
using System.Text.RegularExpressions;

namespace Lambray.Resources.Iam.Policies;

/// <summary>A text in a policy: wildcards, and variables such as <c>${aws:username}</c> ("IAM policy elements: Variables and tags" in the IAM User Guide).</summary>
/// <param name="text">As written.</param>
/// <param name="hasVariables">Only policies of version 2012-10-17 have them.</param>
public sealed partial class PolicyText(string text, bool hasVariables)
{
    // What a variable stands for is no pattern, and neither are ${*} and ${?}. These stand for the two characters where they are meant as such.
    const char Star = '\uE02A';
    const char QuestionMark = '\uE03F';

    readonly bool isVariable = hasVariables && text.Contains("${", StringComparison.Ordinal);

    public override string ToString() => text;

    /// <returns>A pattern for texts made <see cref="Literal"/>; null when a variable has no value, or several.</returns>
    internal string? Resolve(RequestContext context)
    {
        if (!isVariable) return text;
        var resolved = new StringBuilder();
        var end = 0;
        foreach (Match variable in Variable.Matches(text))
        {
            if (ValueOf(variable, context) is not { } value) return null;
            resolved.Append(text, end, variable.Index - end).Append(Literal(value));
            end = variable.Index + variable.Length;
        }
        return resolved.Append(text, end, text.Length - end).ToString();
    }

    internal static string Literal(string value) => value.AsSpan().ContainsAny('*', '?') ? value.Replace('*', Star).Replace('?', QuestionMark) : value;

    static string? ValueOf(Match variable, RequestContext context)
    {
        var name = variable.Groups["name"].Value;
        if (name is "*" or "?" or "$") return name;
        return context.Find(name) is [var value] ? value : variable.Groups["default"] is { Success: true } ordinary ? ordinary.Value : null;
    }

    [GeneratedRegex(@"\$\{\s*(?<name>[^},]+?)\s*(,\s*'(?<default>[^']*)'\s*)?\}")]
    static partial Regex Variable { get; }
}
