using Lambray.Aws;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Expressions;

/// <summary>Condition, filter and key condition expressions ("Condition and filter expressions, operators, and functions" in the Developer Guide).</summary>
/// <remarks>
/// <code>
/// or         = and { OR and }
/// and        = not { AND not }
/// not        = NOT not | comparison
/// comparison = unit [ operator unit | BETWEEN unit AND unit | IN ( unit, … ) ]
/// unit       = ( or ) | function ( unit, … ) | :value | path
/// </code>
/// A pair of parentheses may hold a condition or an operand; which it is, is known behind it.
/// </remarks>
sealed class ConditionParser(string text, string expression, Placeholders placeholders) : ExpressionParser(text, expression, placeholders)
{
    const int CandidatesMax = 100;
    const int DepthMax = 300;

    static readonly Dictionary<string, ComparisonOperator> Comparators = new()
    {
        ["="] = ComparisonOperator.Equal,
        ["<>"] = ComparisonOperator.NotEqual,
        ["<"] = ComparisonOperator.Less,
        ["<="] = ComparisonOperator.LessOrEqual,
        [">"] = ComparisonOperator.Greater,
        [">="] = ComparisonOperator.GreaterOrEqual,
    };

    int depth;
    ExpressionNode? lastInParentheses;

    /// <exception cref="AwsException">It is none.</exception>
    public Condition Parse()
    {
        var condition = RequireCondition(ReadOr());
        Tokens.RequireEnd();
        Faults.ThrowIfAny();
        return condition;
    }

    protected override bool IsKeyword(string word) =>
        word.ToUpperInvariant() is "AND" or "OR" or "NOT" or "BETWEEN" or "IN";

    ExpressionNode ReadOr()
    {
        // The grammar is deep only in parentheses and NOTs, and 4 KB of those would end the stack.
        if (++depth > DepthMax) throw Tokens.Unexpected();
        var left = ReadAnd();
        while (Tokens.TryTakeWord("OR")) left = new Or(RequireCondition(left), RequireCondition(ReadAnd()));
        depth--;
        return left;
    }

    ExpressionNode ReadAnd()
    {
        var left = ReadNot();
        while (Tokens.TryTakeWord("AND")) left = new And(RequireCondition(left), RequireCondition(ReadNot()));
        return left;
    }

    ExpressionNode ReadNot()
    {
        if (!Tokens.TryTakeWord("NOT")) return ReadComparison();
        if (++depth > DepthMax) throw Tokens.Unexpected();
        var inner = new Not(RequireCondition(ReadNot()));
        depth--;
        return inner;
    }

    ExpressionNode ReadComparison()
    {
        var left = ReadUnit();
        if (Tokens.Current.Kind == TokenKind.Symbol && Comparators.TryGetValue(Tokens.Current.Text, out var comparator))
        {
            var sign = Tokens.Take().Text;
            var (one, two) = (RequireOperand(left), RequireOperand(ReadUnit()));
            CheckDistinct(sign, one, two);
            if (comparator is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual)) CheckOrdered(sign, one, two);
            return new Comparison(comparator, one, two);
        }
        if (Tokens.TryTakeWord("BETWEEN")) return ReadBetween(RequireOperand(left));
        return Tokens.TryTakeWord("IN") ? ReadIn(RequireOperand(left)) : left;
    }

    Between ReadBetween(Operand value)
    {
        var low = RequireOperand(ReadUnit());
        if (!Tokens.TryTakeWord("AND")) throw Tokens.Unexpected();
        var high = RequireOperand(ReadUnit());
        CheckOrdered("BETWEEN", value, low, high);
        if (low is ConstantOperand least && high is ConstantOperand most)
        {
            var bounds = $"lower bound operand: AttributeValue: {least.Value}, upper bound operand: AttributeValue: {most.Value}";
            if (least.Value.Type != most.Value.Type)
                Faults.Add(FaultRank.OperandType, $"The BETWEEN operator requires same data type for lower and upper bounds; {bounds}");
            else if (ValueOrder.Compare(least.Value, most.Value) > 0)
                Faults.Add(FaultRank.OperandType, $"The BETWEEN operator requires upper bound to be greater than or equal to lower bound; {bounds}");
        }
        return new Between(value, low, high);
    }

    In ReadIn(Operand value)
    {
        Tokens.Require("(");
        var candidates = ReadList().Select(RequireOperand).ToArray();
        if (candidates.Length > CandidatesMax)
            Faults.Add(FaultRank.OperandCount, $"Incorrect number of operands for operator or function; operator or function: IN, number of operands: {candidates.Length + 1}");
        return new In(value, candidates);
    }

    ExpressionNode ReadUnit()
    {
        var token = Tokens.Current;
        if (token.Kind == TokenKind.ValuePlaceholder) return ReadValue();
        if (token.Kind == TokenKind.Word && Tokens.Following.Is("(") && !IsKeyword(token.Text)) return ReadFunction();
        if (!Tokens.TryTake("(")) return new PathOperand(ReadPath());
        var isTwice = Tokens.Current.Is("(");
        var inner = ReadOr();
        Tokens.Require(")");
        // ((a = :a)), but not ((a = :a) OR …) nor ((a) = :a).
        if (isTwice && ReferenceEquals(inner, lastInParentheses)) Faults.Add(FaultRank.Parentheses, "The expression has redundant parentheses;");
        lastInParentheses = inner;
        return inner;
    }

    List<ExpressionNode> ReadList()
    {
        var list = new List<ExpressionNode> { ReadUnit() };
        while (Tokens.TryTake(",")) list.Add(ReadUnit());
        Tokens.Require(")");
        return list;
    }

    ExpressionNode ReadFunction()
    {
        var name = Tokens.Take().Text;
        Tokens.Require("(");
        if (Tokens.Current.Is(")")) throw Tokens.Unexpected();
        var operands = ReadList().Select(RequireOperand).ToArray();
        var expected = name switch
        {
            "attribute_exists" or "attribute_not_exists" or "size" => 1,
            "attribute_type" or "begins_with" or "contains" => 2,
            _ => 0,
        };
        if (expected == 0)
        {
            Faults.Add(FaultRank.UnknownFunction, $"Invalid function name; function: {name}");
            return new SizeOperand(operands[0]);
        }
        if (operands.Length != expected)
        {
            Faults.Add(FaultRank.OperandCount, $"Incorrect number of operands for operator or function; operator or function: {name}, number of operands: {operands.Length}");
            return name == "size" ? new SizeOperand(operands[0]) : new AttributeExists(DocumentPath.To(""));
        }
        if (expected == 2) CheckDistinct(name, operands[0], operands[1]);
        return name switch
        {
            "attribute_exists" => new AttributeExists(RequirePath(name, operands[0])),
            "attribute_not_exists" => new AttributeNotExists(RequirePath(name, operands[0])),
            "size" => Size(operands[0]),
            "attribute_type" => new HasType(operands[0], TypeOf(operands[1])),
            "begins_with" => Prefix(operands[0], operands[1]),
            _ => new Contains(operands[0], operands[1]),
        };
    }

    DocumentPath RequirePath(string function, Operand operand)
    {
        if (operand is PathOperand path) return path.Path;
        Faults.Add(FaultRank.OperandType, $"Operator or function requires a document path; operator or function: {function}");
        return DocumentPath.To("");
    }

    SizeOperand Size(Operand operand)
    {
        if (operand.KnownType is AttributeType.N or AttributeType.BOOL or AttributeType.NULL) AddOperandType("size", operand.KnownType.Value);
        return new SizeOperand(operand);
    }

    BeginsWith Prefix(Operand value, Operand prefix)
    {
        foreach (var operand in (Operand[])[value, prefix])
            if (operand.KnownType is not (null or AttributeType.S or AttributeType.B)) AddOperandType("begins_with", operand.KnownType.Value);
        return new BeginsWith(value, prefix);
    }

    AttributeType TypeOf(Operand operand)
    {
        if (operand is ConstantOperand { Value: StringValue name })
        {
            if (Enum.TryParse<AttributeType>(name.Text, out var type) && Enum.IsDefined(type) && !char.IsAsciiDigit(name.Text[0])) return type;
            Faults.Add(FaultRank.OperandType, $"Invalid attribute type name found; type: {name.Text}, valid types: {{B,NULL,SS,BOOL,L,BS,N,NS,S,M}}");
        }
        else
        {
            var type = operand.KnownType is { } known ? known.ToString() : "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}";
            Faults.Add(FaultRank.OperandType, $"Incorrect operand type for operator or function; operator or function: attribute_type, operand type: {type}");
        }
        return AttributeType.S;
    }

    void CheckDistinct(string name, Operand first, Operand second)
    {
        if (first is PathOperand one && second is PathOperand two && one.Path.Equals(two.Path))
            Faults.Add(
                FaultRank.Distinct,
                $"The first operand must be distinct from the remaining operands for this operator or function; operator: {name}, first operand: {one.Path}");
    }

    void CheckOrdered(string name, params ReadOnlySpan<Operand> operands)
    {
        foreach (var operand in operands)
            if (operand.KnownType is not (null or AttributeType.S or AttributeType.N or AttributeType.B)) AddOperandType(name, operand.KnownType.Value);
    }

    void AddOperandType(string name, AttributeType type) =>
        Faults.Add(FaultRank.OperandType, $"Incorrect operand type for operator or function; operator or function: {name}, operand type: {type}");

    Condition RequireCondition(ExpressionNode node)
    {
        if (node is Condition condition) return condition;
        if (node is not SizeOperand) throw Tokens.Unexpected();
        Faults.Add(FaultRank.MisusedFunction, "The function is not allowed to be used this way in an expression; function: size");
        return new AttributeExists(DocumentPath.To(""));
    }

    Operand RequireOperand(ExpressionNode node)
    {
        if (node is Operand operand) return operand;
        var function = node switch
        {
            AttributeExists => "attribute_exists",
            AttributeNotExists => "attribute_not_exists",
            HasType => "attribute_type",
            BeginsWith => "begins_with",
            Contains => "contains",
            _ => throw Tokens.Unexpected(),
        };
        Faults.Add(FaultRank.MisusedFunction, $"The function is not allowed to be used this way in an expression; function: {function}");
        return new ConstantOperand(NullValue.Instance);
    }
}
