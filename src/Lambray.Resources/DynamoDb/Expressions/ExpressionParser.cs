using Lambray.Aws;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Expressions;

/// <summary>What all kinds of expressions share: paths, placeholders, limits.</summary>
abstract class ExpressionParser
{
    const int BytesMax = 4096;

    readonly Placeholders placeholders;

    /// <param name="expression">The parameter it came in, by which messages call it.</param>
    protected ExpressionParser(string text, string expression, Placeholders placeholders)
    {
        if (text.Length == 0) throw DynamoErrors.Invalid($"Invalid {expression}: The expression can not be empty;");
        if (System.Text.Encoding.UTF8.GetByteCount(text) > BytesMax)
            throw DynamoErrors.Invalid($"Invalid {expression}: Expression size has exceeded the maximum allowed size; expression size: {text.Length}");
        this.placeholders = placeholders;
        Tokens = TokenReader.Of(text, expression);
        Faults = new ExpressionFaults(expression);
    }

    protected TokenReader Tokens { get; }

    protected ExpressionFaults Faults { get; }

    protected DocumentPath ReadPath()
    {
        var steps = new List<PathStep> { PathStep.To(ReadName()) };
        while (true)
        {
            if (Tokens.TryTake("."))
            {
                steps.Add(PathStep.To(ReadName()));
            }
            else if (Tokens.TryTake("["))
            {
                if (Tokens.Current.Kind != TokenKind.Number) throw Tokens.Unexpected();
                // What no list can reach is never found, like all behind a list's end.
                steps.Add(PathStep.To(int.TryParse(Tokens.Take().Text, out var index) ? index : int.MaxValue));
                Tokens.Require("]");
            }
            else
            {
                return new DocumentPath(steps);
            }
        }
    }

    protected ConstantOperand ReadValue()
    {
        if (Tokens.Current.Kind != TokenKind.ValuePlaceholder) throw Tokens.Unexpected();
        var placeholder = Tokens.Take().Text;
        if (placeholders.FindValue(placeholder) is { } value) return new ConstantOperand(value);
        Faults.Add(FaultRank.Placeholder, $"An expression attribute value used in expression is not defined; attribute value: {placeholder}");
        return new ConstantOperand(NullValue.Instance);
    }

    protected void RequireApart(IReadOnlyList<DocumentPath> paths)
    {
        if (PathRules.Refusal(paths) is { } refusal) Faults.Add(refusal.Rank, refusal.Message);
    }

    string ReadName()
    {
        var token = Tokens.Current;
        if (token.Kind == TokenKind.NamePlaceholder)
        {
            Tokens.Take();
            if (placeholders.FindName(token.Text) is { } name) return name;
            Faults.Add(FaultRank.Placeholder, $"An expression attribute name used in the document path is not defined; attribute name: {token.Text}");
            return token.Text;
        }
        if (token.Kind != TokenKind.Word || IsKeyword(token.Text)) throw Tokens.Unexpected();
        Tokens.Take();
        if (ReservedWords.Has(token.Text)) Faults.Add(FaultRank.Reserved, $"Attribute name is a reserved keyword; reserved keyword: {token.Text}");
        return token.Text;
    }

    /// <summary>Words that the grammar itself uses, which are no names even where one could stand.</summary>
    protected abstract bool IsKeyword(string word);
}

/// <summary><c>a, b.c[1], #d</c></summary>
sealed class ProjectionParser(string text, Placeholders placeholders) : ExpressionParser(text, "ProjectionExpression", placeholders)
{
    /// <exception cref="AwsException">It is none.</exception>
    public Projection Parse()
    {
        var paths = new List<DocumentPath> { ReadPath() };
        while (Tokens.TryTake(",")) paths.Add(ReadPath());
        Tokens.RequireEnd();
        RequireApart(paths);
        Faults.ThrowIfAny();
        return new Projection(paths);
    }

    protected override bool IsKeyword(string word) => false;
}
