using Lambray.Aws;
using Lambray.Resources.DynamoDb.Expressions;

namespace Lambray.Resources.DynamoDb.PartiQl;

/// <summary>The parts of a statement, read from left to right.</summary>
sealed class PartReader(string statement) : TokenCursor<Part>(PartiQlLexer.Read(statement))
{
    /// <summary>Whether a function is called here.</summary>
    public bool IsCall => Current.Kind == PartKind.Word && Following.Is("(");

    public void RequireWord(string keyword)
    {
        if (!TryTakeWord(keyword)) throw Unexpected();
    }

    public void RequireEnd()
    {
        if (Current.Kind != PartKind.End) throw Unexpected();
    }

    public string TakeName() => Current.Kind is PartKind.Word or PartKind.Name ? Take().Text : throw Unexpected();

    public override AwsException Unexpected() => DynamoErrors.Invalid(
        $"Statement wasn't well formed, can't be processed: Unexpected {(Current.Kind == PartKind.End ? "end of statement" : $"'{Current.Text}'")} at {Current.Position + 1}");
}
