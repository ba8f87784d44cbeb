using Lambray.Tracing.TraceQuery.Filters;

namespace Lambray.Tracing.TraceQuery.Completion;

/// <summary>What is expected next in an expression that is not finished.</summary>
enum DraftPlace
{
    Condition,
    Operator,
    Value,

    /// <summary>Behind a whole condition: what joins it with another.</summary>
    Join,
    AnnotationKey,
    AnnotationOperator,
    AnnotationValue,

    /// <summary>The name of a service between the parentheses of <c>service()</c> or <c>edge()</c>.</summary>
    Service,

    /// <summary>Punctuation, or nothing that could be told ahead.</summary>
    Other,
}

/// <summary>The beginning of a filter expression up to where it is being written. Unlike the parser it takes what is wrong or half there.</summary>
/// <param name="Keyword">That an operator or a value is for; of an annotation, its key.</param>
/// <param name="Typed">The piece that is being written, as far as it is there.</param>
/// <param name="CanOpen">Braces may follow.</param>
sealed record FilterDraft(DraftPlace Place, FilterScope Scope, string Keyword, string Typed, int TypedAt, bool CanOpen)
{
    /// <summary>What has parentheses or braces of its own, as it is written first.</summary>
    public static readonly string[] Functions =
    [
        "service(", "edge(", "group.name", "rootcause.fault.service", "rootcause.fault.entity", "rootcause.fault.exception",
        "rootcause.error.service", "rootcause.error.entity", "rootcause.error.exception", "rootcause.responsetime.service", "rootcause.responsetime.entity",
    ];

    public static FilterDraft Read(string text)
    {
        var reader = new Reader();
        var (typed, at) = ("", text.Length);
        foreach (var (piece, start, whole) in Pieces(text))
        {
            if (!whole)
            {
                (typed, at) = (piece, start);
                break;
            }
            reader.Take(piece);
        }
        return new FilterDraft(reader.Place, reader.Scope, reader.Keyword, typed, at, reader.CanOpen);
    }

    /// <summary>Words, strings and symbols; the last is not whole while somebody may still be writing it.</summary>
    static IEnumerable<(string Piece, int Start, bool Whole)> Pieces(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            if (text[at] == '"') at = EndOfText(text, at);
            else if (IsWord(text[at])) while (at < text.Length && IsWord(text[at])) at++;
            else at += at + 1 < text.Length && text[at + 1] == '=' ? 2 : 1;
            var piece = text[start..at];
            var isDone = at < text.Length || !(IsWord(piece[0]) || (piece[0] == '"' && !IsClosed(piece)));
            yield return (piece, start, isDone);
        }
    }

    static int EndOfText(string text, int start)
    {
        for (var at = start + 1; at < text.Length; at++)
        {
            if (text[at] == '\\') at++;
            else if (text[at] == '"') return at + 1;
        }
        return text.Length;
    }

    static bool IsClosed(string quoted) => quoted.Length > 1 && EndOfText(quoted, 0) == quoted.Length && quoted[^1] == '"' && !quoted.EndsWith("\\\"", StringComparison.Ordinal);

    static bool IsWord(char character) => char.IsLetterOrDigit(character) || character is '.' or '_' or '-';

    /// <summary>Follows the grammar of <see cref="FilterParser"/> piece by piece.</summary>
    sealed class Reader
    {
        readonly Stack<FilterScope> scopes = new([FilterScope.Trace]);
        string function = "";

        public DraftPlace Place { get; private set; }

        public string Keyword { get; private set; } = "";

        public FilterScope Scope => scopes.Peek();

        public bool CanOpen => Place == DraftPlace.Join && ScopeInside(function) is not null;

        public void Take(string piece)
        {
            switch (piece)
            {
                case "{": Open(); break;
                case "}": Close(); break;
                case "(" when function.Length > 0: Place = DraftPlace.Service; break;
                case "(" or "!" when Place == DraftPlace.Condition: break;
                case ")" when function.Length > 0: Place = DraftPlace.Join; break;
                case ")": Place = DraftPlace.Join; break;
                case "," or ":" when function.Length > 0: Place = DraftPlace.Service; break;
                case "[" when Place == DraftPlace.AnnotationKey: break;
                case "]": Place = DraftPlace.AnnotationOperator; break;
                default: TakeWord(piece); break;
            }
        }

        void Open()
        {
            scopes.Push(ScopeInside(function) ?? Scope);
            (Place, function) = (DraftPlace.Condition, "");
        }

        void Close()
        {
            if (scopes.Count > 1) scopes.Pop();
            (Place, function) = (DraftPlace.Join, "");
        }

        void TakeWord(string word)
        {
            switch (Place)
            {
                case DraftPlace.Condition: Begin(word); break;
                case DraftPlace.Join: Join(word); break;
                case DraftPlace.Operator when IsJoin(word): Join(word); break;
                case DraftPlace.AnnotationOperator when IsJoin(word): Join(word); break;
                case DraftPlace.Operator: Place = DraftPlace.Value; break;
                case DraftPlace.AnnotationOperator: Place = DraftPlace.AnnotationValue; break;
                case DraftPlace.AnnotationKey: Keyword = word.Trim('"'); break;
                case DraftPlace.Value or DraftPlace.AnnotationValue: Place = DraftPlace.Join; break;
            }
        }

        // Conditions one after the other are joined by AND, written or not.
        void Join(string word)
        {
            Place = DraftPlace.Condition;
            function = "";
            if (!IsJoin(word)) Begin(word);
        }

        void Begin(string word)
        {
            function = "";
            Keyword = word;
            if (word.Equals("service", StringComparison.OrdinalIgnoreCase) || word.Equals("edge", StringComparison.OrdinalIgnoreCase))
                (function, Place) = (word, DraftPlace.Other);
            else if (word.StartsWith("rootcause.", StringComparison.OrdinalIgnoreCase))
                (function, Place) = (word, DraftPlace.Join);
            else if (word.Equals("annotation", StringComparison.OrdinalIgnoreCase))
                Place = DraftPlace.AnnotationKey;
            else if (word.StartsWith("annotation.", StringComparison.OrdinalIgnoreCase))
                (Keyword, Place) = (word["annotation.".Length..], DraftPlace.AnnotationOperator);
            else
                Place = DraftPlace.Operator;
        }

        static bool IsJoin(string word) => word.Equals("and", StringComparison.OrdinalIgnoreCase) || word.Equals("or", StringComparison.OrdinalIgnoreCase);

        static FilterScope? ScopeInside(string function) => function.ToUpperInvariant() switch
        {
            "SERVICE" => FilterScope.Service,
            "EDGE" => FilterScope.Edge,
            "ROOTCAUSE.RESPONSETIME.ENTITY" => FilterScope.CoveredEntity,
            var cause when cause.EndsWith(".SERVICE", StringComparison.Ordinal) => FilterScope.CauseService,
            var cause when cause.EndsWith(".ENTITY", StringComparison.Ordinal) => FilterScope.CauseEntity,
            var cause when cause.EndsWith(".EXCEPTION", StringComparison.Ordinal) => FilterScope.CauseException,
            _ => null,
        };
    }
}
