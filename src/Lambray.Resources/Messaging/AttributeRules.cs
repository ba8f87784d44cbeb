using System.Globalization;
using System.Text.RegularExpressions;

namespace Lambray.Resources.Messaging;

/// <summary>What the attributes of a message may be ("Amazon SQS message metadata"; "Amazon SNS message attributes").</summary>
static partial class AttributeRules
{
    const int NameLengthMax = 256;
    const int TypeLengthMax = 256;

    /// <returns>What is wrong, in AWS's words; null when nothing is.</returns>
    public static string? Refusal(string name, MessageAttribute attribute)
    {
        if (name.Length > NameLengthMax || !NameRegex().IsMatch(name) || IsReserved(name)) return $"Invalid message attribute name '{name}'.";
        if (string.IsNullOrEmpty(attribute.DataType)) return $"The message attribute '{name}' must contain a non-empty message attribute type.";
        var type = attribute.DataType.Split('.')[0];
        if (attribute.DataType.Length > TypeLengthMax || type is not ("String" or "Number" or "Binary"))
            return $"The message attribute '{name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.";
        if (type == "Binary" ? attribute.Binary is not { Length: > 0 } : string.IsNullOrEmpty(attribute.Text))
            return $"The message attribute '{name}' must contain a non-empty message attribute value for message attribute type '{attribute.DataType}'.";
        if (type == "Number" && !double.TryParse(attribute.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            return $"Can't cast the value of message attribute '{name}' to a number.";
        return null;
    }

    static bool IsReserved(string name) =>
        name.StartsWith("AWS.", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Amazon.", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^[A-Za-z0-9_\-]+(\.[A-Za-z0-9_\-]+)*\z")]
    private static partial Regex NameRegex();
}
