using Lambray.Aws;

namespace Lambray.Resources.DynamoDb.Expressions;

/// <summary>A part of a text that a parser reads: of an expression, or of a PartiQL statement.</summary>
interface IToken
{
    bool Is(string symbol);

    bool IsWord(string keyword);
}

/// <summary>Tokens read from left to right, the last of which is the end of the text.</summary>
abstract class TokenCursor<T>(IReadOnlyList<T> tokens)
    where T : struct, IToken
{
    public T Current => tokens[At];

    public T Following => tokens[Math.Min(At + 1, tokens.Count - 1)];

    protected int At { get; private set; }

    public T Take() => tokens[At < tokens.Count - 1 ? At++ : At];

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

    /// <summary>The token here fits no rule.</summary>
    public abstract AwsException Unexpected();
}
