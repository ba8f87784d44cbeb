using System.Globalization;
using System.Text;

namespace Lambray.DotNetRuntime;

/// <summary>A message with names in braces for its arguments, as .NET's logging has them: <c>Order {Id} costs {Total:0.00}</c>.</summary>
static class MessageTemplate
{
    /// <summary>Names stand for the arguments in their order, numbers for those at their place; doubled braces for themselves.</summary>
    /// <param name="named">Gets what each name stood for; null when nobody wants to know.</param>
    public static string Fill(string? template, object?[]? arguments, List<NamedArgument>? named = null)
    {
        if (template is null || arguments is null || arguments.Length == 0) return template ?? "";
        var message = new StringBuilder();
        var next = 0;
        for (var at = 0; at < template.Length; at++)
        {
            var character = template[at];
            var isDoubled = at + 1 < template.Length && template[at + 1] == character;
            if (character is '{' or '}' && isDoubled) message.Append(template[at++]);
            else if (character == '{' && template.IndexOf('}', at) is var close and > 0)
            {
                message.Append(Argument(template[(at + 1)..close], arguments, ref next, named));
                at = close;
            }
            else message.Append(character);
        }
        return message.ToString();
    }

    static string Argument(string placeholder, object?[] arguments, ref int next, List<NamedArgument>? named)
    {
        var colon = placeholder.IndexOf(':', StringComparison.Ordinal);
        var (name, format) = colon < 0 ? (placeholder, null) : (placeholder[..colon], placeholder[(colon + 1)..]);
        var index = int.TryParse(name.TrimStart('@'), CultureInfo.InvariantCulture, out var place) ? place : next++;
        if (index >= arguments.Length) return "{" + placeholder + "}";
        // One name is one field, however often it is written.
        if (named?.Exists(other => other.Name == name.TrimStart('@')) == false)
            named.Add(new NamedArgument(name.TrimStart('@'), format, name.StartsWith('@'), arguments[index]));
        return arguments[index] is IFormattable value ? value.ToString(format, CultureInfo.InvariantCulture) : arguments[index]?.ToString() ?? "";
    }
}

/// <summary>What a name in a template stood for.</summary>
/// <param name="IsWhole">Whether it was asked for with all that it consists of, by an @ before its name.</param>
readonly record struct NamedArgument(string Name, string? Format, bool IsWhole, object? Value);
