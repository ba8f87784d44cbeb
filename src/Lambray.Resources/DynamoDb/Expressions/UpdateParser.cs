using Lambray.Aws;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Expressions;

/// <summary>Update expressions ("Update expressions" in the Developer Guide).</summary>
/// <remarks>
/// <code>
/// update  = { SET path = value, … | REMOVE path, … | ADD path :value, … | DELETE path :value, … }
/// value   = operand [ + operand | - operand ]
/// operand = ( value ) | function ( operand, … ) | :value | path
/// </code>
/// </remarks>
sealed class UpdateParser(string text, Placeholders placeholders) : ExpressionParser(text, "UpdateExpression", placeholders)
{
    readonly List<UpdateAction> actions = [];
    readonly HashSet<string> sections = [];

    /// <exception cref="AwsException">It is none.</exception>
    public Update Parse()
    {
        do
        {
            ReadSection();
        }
        while (Tokens.Current.Kind != TokenKind.End);
        RequireApart([.. actions.Select(action => action.Path)]);
        Faults.ThrowIfAny();
        return new Update(actions);
    }

    protected override bool IsKeyword(string word) => word.ToUpperInvariant() is "SET" or "REMOVE" or "ADD" or "DELETE";

    void ReadSection()
    {
        if (Tokens.Current.Kind != TokenKind.Word || !IsKeyword(Tokens.Current.Text)) throw Tokens.Unexpected();
        var section = Tokens.Take().Text.ToUpperInvariant();
        if (!sections.Add(section)) Faults.Add(FaultRank.Section, $"The \"{section}\" section can only be used once in an update expression;");
        do
        {
            actions.Add(ReadAction(section));
        }
        while (Tokens.TryTake(","));
    }

    UpdateAction ReadAction(string section)
    {
        var path = ReadPath();
        switch (section)
        {
            case "SET":
                Tokens.Require("=");
                return new SetAction(path, ReadSum());
            case "REMOVE":
                return new RemoveAction(path);
            case "ADD":
                var added = ReadValue();
                CheckSetOrNumber(section, added, allowsNumber: true);
                return new AddAction(path, added.Value);
            default:
                var deleted = ReadValue();
                CheckSetOrNumber(section, deleted, allowsNumber: false);
                return new DeleteAction(path, deleted.Value);
        }
    }

    Operand ReadSum()
    {
        var left = ReadOperand();
        if (!Tokens.Current.Is("+") && !Tokens.Current.Is("-")) return left;
        var sign = Tokens.Take().Text;
        var right = ReadOperand();
        foreach (var operand in (Operand[])[left, right])
            if (operand is ConstantOperand && operand.KnownType != AttributeType.N) AddOperandType(sign, operand.KnownType!.Value);
        return new SumOperand(left, right, IsDifference: sign == "-");
    }

    Operand ReadOperand()
    {
        var token = Tokens.Current;
        if (Tokens.TryTake("("))
        {
            var inner = ReadSum();
            Tokens.Require(")");
            return inner;
        }
        if (token.Kind == TokenKind.ValuePlaceholder) return ReadValue();
        return token.Kind == TokenKind.Word && Tokens.Following.Is("(") ? ReadFunction() : new PathOperand(ReadPath());
    }

    Operand ReadFunction()
    {
        var name = Tokens.Take().Text;
        Tokens.Require("(");
        var operands = new List<Operand> { ReadOperand() };
        while (Tokens.TryTake(",")) operands.Add(ReadOperand());
        Tokens.Require(")");
        if (name is not ("if_not_exists" or "list_append"))
        {
            Faults.Add(FaultRank.UnknownFunction, name is "attribute_exists" or "attribute_not_exists" or "attribute_type" or "begins_with" or "contains" or "size"
                ? $"The function is not allowed in an update expression; function: {name}"
                : $"Invalid function name; function: {name}");
            return operands[0];
        }
        if (operands.Count != 2)
        {
            Faults.Add(FaultRank.OperandCount, $"Incorrect number of operands for operator or function; operator or function: {name}, number of operands: {operands.Count}");
            return operands[0];
        }
        if (name == "list_append")
        {
            foreach (var operand in operands)
                if (operand is ConstantOperand && operand.KnownType != AttributeType.L) AddOperandType(name, operand.KnownType!.Value);
            return new ListAppendOperand(operands[0], operands[1]);
        }
        if (operands[0] is PathOperand path) return new IfNotExistsOperand(path.Path, operands[1]);
        Faults.Add(FaultRank.OperandType, $"Operator or function requires a document path; operator or function: {name}");
        return operands[1];
    }

    void CheckSetOrNumber(string section, ConstantOperand operand, bool allowsNumber)
    {
        if (operand.Value is SetValue || (allowsNumber && operand.Value is NumberValue)) return;
        Faults.Add(FaultRank.OperandType, $"Incorrect operand type for operator or function; operator: {section}, operand type: {UpperName(operand.Value.Type)}, typeSet: {(allowsNumber ? "ALLOWED_FOR_ADD_OPERAND" : "ALLOWED_FOR_DELETE_OPERAND")}");
    }

    void AddOperandType(string name, AttributeType type) =>
        Faults.Add(FaultRank.OperandType, $"Incorrect operand type for operator or function; operator or function: {name}, operand type: {type}");

    static string UpperName(AttributeType type) => type switch
    {
        AttributeType.S => "STRING",
        AttributeType.N => "NUMBER",
        AttributeType.B => "BINARY",
        AttributeType.NULL => "NULL",
        AttributeType.BOOL => "BOOLEAN",
        AttributeType.L => "LIST",
        AttributeType.M => "MAP",
        _ => type.ToString(),
    };
}
