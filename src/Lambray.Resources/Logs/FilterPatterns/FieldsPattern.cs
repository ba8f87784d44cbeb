using System.Globalization;

namespace Lambray.Resources.Logs.FilterPatterns;

/// <summary>Conditions on fields that space divides: <c>[ip, user, ..., status = 4*, bytes &gt; 1000]</c>.</summary>
sealed class FieldsPattern : FilterPattern
{
    const string Ellipsis = "...";

    readonly List<Field> fields = [];
    readonly int ellipsisAt = -1;

    FieldsPattern(PatternText text)
    {
        text.Take("[");
        do
        {
            if (text.TryTake(Ellipsis))
            {
                if (ellipsisAt >= 0) throw PatternText.Invalid();
                ellipsisAt = fields.Count;
            }
            else
            {
                fields.Add(Field.Read(text, fields.Count + 1));
            }
        }
        while (text.TryTake(","));
        text.Take("]");
    }

    public static FieldsPattern Read(PatternText text) => new(text);

    public override bool Matches(string message) => Assign(message)?.All(pair => pair.Field.Holds(pair.Value)) == true;

    public override IReadOnlyDictionary<string, string> Extract(string message) =>
        (Assign(message) ?? []).ToDictionary(pair => $"${pair.Field.Name}", pair => pair.Value);

    // Null when there are more fields or fewer than the pattern has room for.
    IEnumerable<(Field Field, string Value)>? Assign(string message)
    {
        var values = Split(message);
        if (ellipsisAt < 0 ? values.Count != fields.Count : values.Count < fields.Count) return null;
        var skipped = values.Count - fields.Count;
        return fields.Select((field, i) => (field, values[ellipsisAt >= 0 && i >= ellipsisAt ? i + skipped : i]));
    }

    // What is in quotes or square brackets is one field, as web servers write theirs.
    static List<string> Split(string message)
    {
        var values = new List<string>();
        for (var at = 0; at < message.Length;)
        {
            if (char.IsWhiteSpace(message[at]))
            {
                at++;
                continue;
            }
            var closing = message[at] switch { '"' => '"', '[' => ']', _ => '\0' };
            var close = closing == '\0' ? -1 : message.IndexOf(closing, at + 1);
            if (close >= 0)
            {
                values.Add(message[(at + 1)..close]);
                at = close + 1;
                continue;
            }
            var end = at;
            while (end < message.Length && !char.IsWhiteSpace(message[end])) end++;
            values.Add(message[at..end]);
            at = end;
        }
        return values;
    }

    /// <summary>A field by its name, and what its value has to be: any of several groups of conditions.</summary>
    sealed class Field(string name, IReadOnlyList<IReadOnlyList<ValueCondition>> anyOf)
    {
        public string Name => name;

        public static Field Read(PatternText text, int number)
        {
            var name = ReadName(text);
            var anyOf = new List<IReadOnlyList<ValueCondition>>();
            if (ValueCondition.TryRead(text, endsWord: ",]&|") is { } first)
            {
                List<ValueCondition> all = [first];
                anyOf.Add(all);
                while (true)
                {
                    if (text.TryTake("||")) anyOf.Add(all = []);
                    else if (!text.TryTake("&&")) break;
                    // Each condition repeats the name.
                    if (ReadName(text) != name) throw PatternText.Invalid();
                    all.Add(ValueCondition.TryRead(text, endsWord: ",]&|") ?? throw PatternText.Invalid());
                }
            }
            return new Field(name.Length > 0 ? name : number.ToString(CultureInfo.InvariantCulture), anyOf);
        }

        public bool Holds(string value)
        {
            double? number = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
            return anyOf.Count == 0 || anyOf.Any(all => all.All(condition => condition.Holds(value, number)));
        }

        static string ReadName(PatternText text)
        {
            text.SkipSpace();
            var name = text.TakeWhile(next => char.IsLetterOrDigit(next) || next is '_' or '-');
            text.SkipSpace();
            return name;
        }
    }
}
