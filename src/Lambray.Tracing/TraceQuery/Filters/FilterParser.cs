using System.Globalization;
using Lambray.Aws;
using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery.Filters;

/// <summary>Reads filter expressions.</summary>
/// <remarks>
/// <code>
/// any      = all { "OR" all }                      all   = one { ["AND"] one }
/// one      = ["!"] ( "(" any ")" | test )          test  = keyword [operator value] | service | edge | rootcause | group
/// service  = "service" [ "(" [node] ")" ] [ "{" any "}" ]
/// edge     = "edge" [ "(" [node "," node] ")" ] [ "{" any "}" ]
/// node     = "name" | id([name: "…"][, type: "…"][, account.id: "…"])
/// </code>
/// AWS documents neither parentheses nor which of AND and OR binds tighter: as everywhere else, AND does.
/// </remarks>
sealed class FilterParser
{
    // The API sets no limits; these keep what is read, and what is done with it for every trace, small.
    const int CharactersMax = 16 * 1024;
    const int TestsMax = 200;
    const int DepthMax = 50;
    const int GroupsInsideMax = 5;

    readonly FilterLexer lexer;
    readonly IFilterGroups? groups;
    readonly int groupsAround;
    int tests;
    int depth;

    FilterParser(string text, IFilterGroups? groups, int groupsAround)
    {
        if (text.Length > CharactersMax) throw FilterLexer.NotUnderstood($"it is longer than {CharactersMax} characters", CharactersMax + 1);
        lexer = new FilterLexer(text);
        (this.groups, this.groupsAround) = (groups, groupsAround);
    }

    /// <returns>Null for an empty text, which every trace meets.</returns>
    public static Filter? Parse(string text, IFilterGroups? groups, int groupsAround = 0)
    {
        var parser = new FilterParser(text, groups, groupsAround);
        if (parser.lexer.Next.Kind == FilterTokenKind.End) return null;
        var filter = parser.ReadAny(FilterScope.Trace);
        return parser.lexer.Next.Kind == FilterTokenKind.End ? filter : throw parser.NotUnderstood(parser.lexer.Next.Value);
    }

    /// <summary>The <c>id()</c> that is all of a text; null when it does not begin with one.</summary>
    public static NodeSelector? ParseNode(string text)
    {
        var parser = new FilterParser(text, groups: null, groupsAround: 0);
        if (!parser.lexer.Next.IsWord("id")) return null;
        var node = parser.ReadNode();
        return parser.lexer.Next.Kind == FilterTokenKind.End ? node : throw parser.NotUnderstood(parser.lexer.Next.Value);
    }

    Filter ReadAny(FilterScope scope)
    {
        if (++depth > DepthMax) throw NotUnderstood($"conditions inside more than {DepthMax} others");
        var filter = ReadAll(scope);
        while (lexer.Next.IsWord("or"))
        {
            lexer.Take();
            filter = new AnyOf(filter, ReadAll(scope));
        }
        depth--;
        return filter;
    }

    Filter ReadAll(FilterScope scope)
    {
        var filter = ReadOne(scope);
        while (!IsEndOfAll())
        {
            if (lexer.Next.IsWord("and")) lexer.Take();
            filter = new AllOf(filter, ReadOne(scope));
        }
        return filter;
    }

    bool IsEndOfAll() =>
        lexer.Next.Kind == FilterTokenKind.End || lexer.Next.IsWord("or") || lexer.Next.IsSymbol(")") || lexer.Next.IsSymbol("}");

    Filter ReadOne(FilterScope scope)
    {
        if (lexer.TakeIf("!")) return new Not(ReadPlain(scope));
        return ReadPlain(scope);
    }

    Filter ReadPlain(FilterScope scope)
    {
        if (!lexer.Next.IsSymbol("(")) return ReadTest(scope);
        lexer.Take();
        var filter = ReadAny(scope);
        lexer.Expect(")");
        return filter;
    }

    Filter ReadTest(FilterScope scope)
    {
        if (lexer.Next.Kind != FilterTokenKind.Word) throw NotUnderstood($"{lexer.Next.Value} where a keyword was expected");
        if (++tests > TestsMax) throw NotUnderstood($"more than {TestsMax} conditions");
        var word = lexer.Take();
        if (scope == FilterScope.Edge && ReadEdgeEnd(word) is { } end) return end;
        if (scope == FilterScope.Trace && ReadComplex(word) is { } complex) return complex;
        return ReadSimple(word, scope);
    }

    Filter? ReadComplex(FilterToken word)
    {
        if (word.IsWord("service")) return ReadService();
        if (word.IsWord("edge")) return ReadEdge();
        if (word.IsWord("json") || word.IsWord("rootcause.json")) return ReadRootCauseJson();
        if (word.IsWord("group.name") || word.IsWord("group.arn")) return ReadGroup(word);
        return word.Value.StartsWith("rootcause.", StringComparison.OrdinalIgnoreCase) ? ReadRootCause(word) : null;
    }

    /// <summary>A keyword that stands for one value, or an annotation.</summary>
    Filter ReadSimple(FilterToken word, FilterScope scope)
    {
        const FilterScope annotated = FilterScope.Trace | FilterScope.Service | FilterScope.Edge;
        if ((scope & annotated) != 0 && FindAnnotationKey(word) is { } key) return new AnnotationTest(key, ReadAnnotationComparison());
        if (FilterKeywords.Find(word.Value) is not { } keyword)
            throw FilterLexer.NotUnderstood($"the keyword {word.Value} is unknown", word.Position);
        if (!keyword.IsKnownIn(scope))
            throw FilterLexer.NotUnderstood($"the keyword {word.Value} says nothing about {scope.Place()}", word.Position);
        return keyword.Kind() switch
        {
            FilterKeywordKind.Flag => ReadFlag(keyword),
            FilterKeywordKind.Number => new NumberTest(keyword, ReadComparison(Comparison.IsOfNumbers, ReadNumber)),
            _ => new TextTest(keyword, ReadComparison(Comparison.IsOfTexts, ReadText)),
        };
    }

    string? FindAnnotationKey(FilterToken word)
    {
        if (word.IsWord("annotation"))
            return lexer.Next.IsSymbol("[") ? lexer.TakeBracketed() : throw NotUnderstood($"{lexer.Next.Value} where [ and a key were expected");
        const string prefix = "annotation.";
        return word.Value.Length > prefix.Length && word.Value.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? word.Value[prefix.Length..] : null;
    }

    FlagTest ReadFlag(FilterKeyword keyword)
    {
        var comparison = ReadComparison(Comparison.IsOfFlags, ReadBoolean);
        return new FlagTest(keyword, comparison == Comparison.IsSet || comparison.Holds(true));
    }

    Comparison ReadComparison(Func<FilterOperator, bool> fits, Func<AnnotationValue> readOperand)
    {
        if (Comparison.FindOperator(lexer.Next) is not { } found) return Comparison.IsSet;
        if (!fits(found)) throw NotUnderstood($"the operator {lexer.Next.Value} does not fit this value");
        lexer.Take();
        return new Comparison(found, readOperand());
    }

    // The value's form decides: a number compares with numbers only, and so on.
    Comparison ReadAnnotationComparison()
    {
        if (Comparison.FindOperator(lexer.Next) is not { } found) return Comparison.IsSet;
        var @operator = lexer.Take();
        var (fits, operand) =
            lexer.Next.Kind == FilterTokenKind.Number ? (Comparison.IsOfNumbers(found), ReadNumber())
            : lexer.Next.IsWord("true") || lexer.Next.IsWord("false") ? (Comparison.IsOfFlags(found), ReadBoolean())
            : (Comparison.IsOfTexts(found), ReadText());
        return fits
            ? new Comparison(found, operand)
            : throw FilterLexer.NotUnderstood($"the operator {@operator.Value} does not fit this value", @operator.Position);
    }

    AnnotationValue ReadNumber() =>
        lexer.Next.Kind == FilterTokenKind.Number
        && double.TryParse(lexer.Next.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? Taken(number) : throw NotUnderstood($"{lexer.Next.Value} where a number was expected");

    AnnotationValue ReadBoolean() =>
        lexer.Next.IsWord("true") ? Taken(true)
        : lexer.Next.IsWord("false") ? Taken(false)
        : throw NotUnderstood($"{lexer.Next.Value} where true or false was expected");

    // The guide demands quotes and has an example without: name = traces.
    AnnotationValue ReadText() =>
        lexer.Next.Kind is FilterTokenKind.Text or FilterTokenKind.Word or FilterTokenKind.Number
            ? Taken(lexer.Next.Value) : throw NotUnderstood($"{lexer.Next.Value} where a string was expected");

    AnnotationValue Taken(AnnotationValue value)
    {
        lexer.Take();
        return value;
    }

    ServiceTest ReadService()
    {
        var node = NodeSelector.Any;
        var named = lexer.TakeIf("(");
        if (named && !lexer.Next.IsSymbol(")")) node = ReadNode();
        if (named) lexer.Expect(")");
        return new ServiceTest(node, ReadBraces(FilterScope.Service, needed: !named));
    }

    EdgeTest ReadEdge()
    {
        var (source, destination) = (NodeSelector.Any, NodeSelector.Any);
        var named = lexer.TakeIf("(");
        if (named && !lexer.Next.IsSymbol(")"))
        {
            source = ReadNode();
            lexer.Expect(",");
            destination = ReadNode();
        }
        if (named) lexer.Expect(")");
        return new EdgeTest(source, destination, ReadBraces(FilterScope.Edge, needed: !named));
    }

    EdgeEndTest? ReadEdgeEnd(FilterToken word)
    {
        var dot = word.Value.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return null;
        EdgeEnd? end = word.Value[..dot].ToUpperInvariant() switch
        {
            "SOURCE" => EdgeEnd.Source,
            "DESTINATION" => EdgeEnd.Destination,
            _ => null,
        };
        if (end is not { } found) return null;
        return new EdgeEndTest(found, ReadSimple(new FilterToken(word.Kind, word.Value[(dot + 1)..], word.Position + dot + 1), FilterScope.Service));
    }

    NodeSelector ReadNode()
    {
        if (lexer.Next.Kind == FilterTokenKind.Text) return new NodeSelector(lexer.Take().Value);
        if (!lexer.Next.IsWord("id")) throw NotUnderstood($"{lexer.Next.Value} where a name in quotes or id() was expected");
        lexer.Take();
        lexer.Expect("(");
        var node = NodeSelector.Any;
        while (!lexer.Next.IsSymbol(")"))
        {
            var field = lexer.Take();
            if (field.Kind != FilterTokenKind.Word) throw FilterLexer.NotUnderstood($"{field.Value} where name, type or account.id was expected", field.Position);
            lexer.Expect(":");
            var value = ReadText().Text;
            node = field.Value.ToUpperInvariant() switch
            {
                "NAME" => node with { Name = value },
                "TYPE" => node with { Type = value },
                "ACCOUNT.ID" => node with { AccountId = value },
                _ => throw FilterLexer.NotUnderstood($"{field.Value} where name, type or account.id was expected", field.Position),
            };
            if (!lexer.TakeIf(",")) break;
        }
        lexer.Expect(")");
        return node;
    }

    Filter? ReadBraces(FilterScope scope, bool needed)
    {
        if (!needed && !lexer.Next.IsSymbol("{")) return null;
        lexer.Expect("{");
        // Braces with nothing between them say nothing.
        var filter = lexer.Next.IsSymbol("}") ? null : ReadAny(scope);
        lexer.Expect("}");
        return filter;
    }

    RootCauseTest ReadRootCause(FilterToken word)
    {
        var parts = word.Value.ToUpperInvariant().Split('.');
        RootCauseKind? kind = parts[1] switch
        {
            "FAULT" => RootCauseKind.Fault,
            "ERROR" => RootCauseKind.Error,
            "RESPONSETIME" => RootCauseKind.ResponseTime,
            _ => null,
        };
        FilterScope? scope = (parts.Length == 3 ? parts[2] : "", kind) switch
        {
            ("SERVICE", _) => FilterScope.CauseService,
            ("ENTITY", RootCauseKind.ResponseTime) => FilterScope.CoveredEntity,
            ("ENTITY", _) => FilterScope.CauseEntity,
            ("EXCEPTION", not RootCauseKind.ResponseTime) => FilterScope.CauseException,
            _ => null,
        };
        return kind is { } causes && scope is { } level
            ? new RootCauseTest(causes, level, ReadBraces(level, needed: false))
            : throw FilterLexer.NotUnderstood($"the keyword {word.Value} is unknown", word.Position);
    }

    RootCauseJsonTest ReadRootCauseJson()
    {
        lexer.Expect("=");
        var position = lexer.Next.Position;
        if (!lexer.Next.IsSymbol("#")) throw NotUnderstood($"{lexer.Next.Value} where #[ was expected");
        var json = lexer.TakeJson();
        return RootCausePattern.FindMistake(json) is { } mistake
            ? throw FilterLexer.NotUnderstood(mistake, position + 1)
            : new RootCauseJsonTest(json.GetRawText());
    }

    Filter ReadGroup(FilterToken keyword)
    {
        var @operator = lexer.Take();
        if (!@operator.IsSymbol("=") && !@operator.IsSymbol("!="))
            throw FilterLexer.NotUnderstood($"{@operator.Value} where = or != was expected", @operator.Position);
        var position = lexer.Next.Position;
        var group = ReadText().Text!;
        var expression = groups?.FindExpression(group) ?? throw FilterLexer.NotUnderstood($"there is no group {group}", position);
        if (groupsAround == GroupsInsideMax) throw FilterLexer.NotUnderstood($"groups inside more than {GroupsInsideMax} others", position);
        var test = new GroupTest(keyword.Value.ToLowerInvariant(), group, Parse(expression, groups, groupsAround + 1));
        return @operator.Value == "=" ? test : new Not(test);
    }

    AwsException NotUnderstood(string what) => FilterLexer.NotUnderstood(what, lexer.Next.Position);
}
