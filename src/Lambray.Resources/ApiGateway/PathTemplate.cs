namespace Lambray.Resources.ApiGateway;

/// <summary>A path with variables: <c>/pets/{id}/photos/{proxy+}</c>. Those that say more come first.</summary>
public sealed class PathTemplate : IComparable<PathTemplate>
{
    readonly Part[] parts;

    PathTemplate(Part[] parts) => this.parts = parts;

    enum PartKind
    {
        Written,
        Variable,
        Greedy,
    }

    public static PathTemplate Parse(string path) => new([.. Split(path).Select(Part.Parse)]);

    /// <summary>The parts of a path: none of <c>/</c>, an empty last one after a slash at the end.</summary>
    public static string[] Split(string path) => path is "/" or "" ? [] : path.TrimStart('/').Split('/');

    /// <returns>What stands in the place of the variables; null when the path is another.</returns>
    public IReadOnlyDictionary<string, string>? Match(IReadOnlyList<string> segments)
    {
        var isGreedy = parts is [.., { Kind: PartKind.Greedy }];
        if (isGreedy ? segments.Count < parts.Length : segments.Count != parts.Length) return null;
        var values = new Dictionary<string, string>();
        for (var i = 0; i < parts.Length; i++)
        {
            var (kind, text) = parts[i];
            if (kind == PartKind.Written && segments[i] != text) return null;
            if (kind == PartKind.Written) continue;
            var value = kind == PartKind.Greedy ? string.Join('/', segments.Skip(i)) : segments[i];
            if (value.Length == 0) return null;
            values[text] = value;
        }
        return values;
    }

    public int CompareTo(PathTemplate? other)
    {
        for (var i = 0; i < Math.Min(parts.Length, other!.parts.Length); i++)
            if (parts[i].Kind.CompareTo(other.parts[i].Kind) is not 0 and var order) return order;
        return other.parts.Length.CompareTo(parts.Length);
    }

    readonly record struct Part(PartKind Kind, string Text)
    {
        public static Part Parse(string text) =>
            text is not ['{', .. var name, '}'] ? new Part(PartKind.Written, text)
            : name.EndsWith('+') ? new Part(PartKind.Greedy, name[..^1]) : new Part(PartKind.Variable, name);
    }
}
