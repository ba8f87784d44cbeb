using Lambray.Aws;

namespace Lambray.Resources.Logs.FilterPatterns;

/// <summary>What a log event has to look like ("Filter pattern syntax" in the CloudWatch Logs User Guide): terms, a condition on JSON, or on fields.</summary>
public abstract class FilterPattern
{
    static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    /// <exception cref="AwsException">InvalidParameterException for what is no pattern.</exception>
    public static FilterPattern Parse(string text)
    {
        var tokens = new PatternText(text.Trim());
        FilterPattern pattern = tokens.Peek switch
        {
            '{' => JsonPattern.Read(tokens),
            '[' => FieldsPattern.Read(tokens),
            _ => TermsPattern.Read(tokens),
        };
        if (!tokens.IsAtEnd) throw PatternText.Invalid();
        return pattern;
    }

    public abstract bool Matches(string message);

    /// <summary>The parts of a matching message that the pattern names, by the name that metric filters use.</summary>
    public virtual IReadOnlyDictionary<string, string> Extract(string message) => Nothing;
}
