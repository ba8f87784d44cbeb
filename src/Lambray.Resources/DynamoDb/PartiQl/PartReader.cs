using Lambray.Aws;

namespace Lambray.Resources.DynamoDb.PartiQl;

/// <summary>The parts of a statement, read from left to right.</summary>
sealed class PartReader(string statement)
{
    readonly List<Part> parts = PartiQlLexer.Read(statement);
    int at;

    public Part Current => parts[at];

    /// <summary>Whether a function is called here.</summary>
    public bool IsCall => Current.Kind == PartKind.Word && parts[Math.Min(at + 1, parts.Count - 1)].Is("(");

    public Part Take() => parts[at < parts.Count - 1 ? at++ : at];

    public bool TryTake(string symbol)
    {
        if (!Current.Is(symbol)) return false;
        Take();
        return true;
    }

    public bool TryTakeWord(string keyword)
    {
        if (!Current.IsWord(keyword)) return false;
        Take();
        return true;
    }

    public void Require(string symbol)
    {
        if (!TryTake(symbol)) throw Unexpected();
    }

    public void RequireWord(string keyword)
    {
        if (!TryTakeWord(keyword)) throw Unexpected();
    }

    public void RequireEnd()
    {
        if (Current.Kind != PartKind.End) throw Unexpected();
    }

    public string TakeName() => Current.Kind is PartKind.Word or PartKind.Name ? Take().Text : throw Unexpected();

    public AwsException Unexpected() => DynamoErrors.Invalid(
        $"Statement wasn't well formed, can't be processed: Unexpected {(Current.Kind == PartKind.End ? "end of statement" : $"'{Current.Text}'")} at {Current.Position + 1}");
}
