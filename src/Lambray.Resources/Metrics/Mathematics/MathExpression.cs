using System.Globalization;

namespace Lambray.Resources.Metrics.Mathematics;

/// <summary>An expression over metrics ("Using math expressions with CloudWatch metrics" in the User Guide), read once and computed over the metrics of a request.</summary>
/// <remarks>
/// From loosest to tightest: <c>|| OR</c>, <c>&amp;&amp; AND</c>, comparisons, <c>+ -</c>, <c>* /</c>, a sign, <c>^</c>.
/// </remarks>
public sealed class MathExpression
{
    // One in parentheses in parentheses…: the reader calls itself.
    const int DepthMax = 64;

    static readonly string[][] Levels = [["||", "OR"], ["&&", "AND"], ["==", "!=", "<=", ">=", "<", ">"], ["+", "-"], ["*", "/"]];

    readonly string text;
    readonly Func<IMathScope, MathValue> compute;
    int at;
    int depth;

    MathExpression(string text)
    {
        this.text = text;
        compute = ReadLevel(0);
        if (at < text.Length) throw Invalid();
    }

    /// <exception cref="MathException">It is no expression, or has functions that are not here.</exception>
    public static MathExpression Parse(string text) => new(text.Trim());

    /// <exception cref="MathException">It names what is not there, or gives a function what that cannot take.</exception>
    public MathValue Compute(IMathScope scope) => compute(scope);

    Func<IMathScope, MathValue> ReadLevel(int level)
    {
        if (level == Levels.Length) return ReadSigned();
        var first = ReadLevel(level + 1);
        while (Array.Find(Levels[level], TryTake) is { } found)
        {
            var (left, right, compute) = (first, ReadLevel(level + 1), MathOperators.Binary(found));
            first = scope => MathOperators.Combine(left(scope), right(scope), compute);
        }
        return first;
    }

    Func<IMathScope, MathValue> ReadSigned()
    {
        if (!TryTake("-")) return ReadPower();
        var negated = Deeper(ReadSigned);
        return scope => MathOperators.Combine(new MathValue.Scalar(-1), negated(scope), (a, b) => a * b);
    }

    Func<IMathScope, MathValue> ReadPower()
    {
        var root = ReadOne();
        if (!TryTake("^")) return root;
        var power = Deeper(ReadSigned);
        return scope => MathOperators.Combine(root(scope), power(scope), Math.Pow);
    }

    Func<IMathScope, MathValue> ReadOne()
    {
        if (TryTake("("))
        {
            var inner = Deeper(() => ReadLevel(0));
            Take(")");
            return inner;
        }
        if (TryTake("["))
        {
            var items = ReadList("]");
            return scope => MathFunctions.Join(items.Select(item => item(scope)));
        }
        var word = TakeWord();
        if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return _ => new MathValue.Scalar(number);
        if (!TryTake("(")) return scope => scope.Find(word) ?? throw new MathException($"'{word}' is not the id of a metric or an expression of this request");
        var function = MathFunctions.Find(word) ?? throw new MathException($"Function {word} is not available on this server");
        var arguments = ReadList(")");
        return scope => function(scope, [.. arguments.Select(argument => argument(scope))]);
    }

    List<Func<IMathScope, MathValue>> ReadList(string end)
    {
        var items = new List<Func<IMathScope, MathValue>>();
        if (TryTake(end)) return items;
        do
        {
            items.Add(TryTakeText() is { } quoted ? scope => scope.Matching(quoted) : Deeper(() => ReadLevel(0)));
        }
        while (TryTake(","));
        Take(end);
        return items;
    }

    T Deeper<T>(Func<T> read)
    {
        if (++depth > DepthMax) throw Invalid();
        var inner = read();
        depth--;
        return inner;
    }

    string? TryTakeText()
    {
        SkipSpace();
        if (at == text.Length || text[at] is not ('"' or '\'')) return null;
        var end = text.IndexOf(text[at], at + 1);
        if (end < 0) throw Invalid();
        var quoted = text[(at + 1)..end];
        at = end + 1;
        return quoted;
    }

    string TakeWord()
    {
        SkipSpace();
        var start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '.')) at++;
        return at > start ? text[start..at] : throw Invalid();
    }

    bool TryTake(string next)
    {
        SkipSpace();
        var end = at + next.Length;
        if (string.CompareOrdinal(text, at, next, 0, next.Length) != 0) return false;
        // "OR" is a word, of which "ORDERS" only has the beginning.
        if (char.IsLetter(next[0]) && end < text.Length && char.IsLetterOrDigit(text[end])) return false;
        at = end;
        return true;
    }

    void Take(string next)
    {
        if (!TryTake(next)) throw Invalid();
    }

    void SkipSpace()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
    }

    MathException Invalid() => new($"Syntax error at column {at + 1}");
}

/// <summary>What an expression can name: the other queries of its request.</summary>
public interface IMathScope
{
    /// <summary>Null when there is no query of this id.</summary>
    MathValue? Find(string id);

    /// <summary>The metrics, not the expressions, whose ids contain this text; all of them for the empty one.</summary>
    MathValue.Several Matching(string idPart);
}

/// <summary>What is wrong with an expression, in a sentence for whoever wrote it.</summary>
public sealed class MathException(string message) : Exception(message);
