using Lambray.Aws;
using Lambray.Resources.DynamoDb.Expressions;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.PartiQl;

/// <summary>Reads one statement; a <c>?</c> stands for the next of the parameters.</summary>
public sealed class PartiQlParser
{
    readonly PartReader parts;
    readonly PartiQlValues values;

    PartiQlParser(string statement, IReadOnlyList<AttributeValue> parameters)
    {
        parts = new PartReader(statement);
        values = new PartiQlValues(parts, parameters);
    }

    /// <param name="inTransaction">Where <c>EXISTS</c> may stand.</param>
    /// <exception cref="AwsException">It is none.</exception>
    public static PartiQlStatement Read(string statement, IReadOnlyList<AttributeValue>? parameters, bool inTransaction = false)
    {
        foreach (var parameter in parameters ?? [])
            if (parameter is FaultyValue faulty) throw DynamoErrors.Invalid(faulty.Message);
        var parser = new PartiQlParser(statement, parameters ?? []);
        var read = inTransaction && parser.parts.TryTakeWord("EXISTS") ? parser.ReadExists() : parser.ReadStatement();
        parser.parts.TryTake(";");
        parser.parts.RequireEnd();
        parser.values.RequireAllUsed();
        return read;
    }

    PartiQlStatement ReadStatement()
    {
        if (parts.TryTakeWord("SELECT")) return ReadSelect();
        if (parts.TryTakeWord("INSERT")) return ReadInsert();
        if (parts.TryTakeWord("UPDATE")) return ReadUpdate();
        return parts.TryTakeWord("DELETE") ? ReadDelete() : throw parts.Unexpected();
    }

    // EXISTS(SELECT * FROM orders WHERE id = 'o-1' AND paid = false)
    ExistsStatement ReadExists()
    {
        parts.Require("(");
        parts.RequireWord("SELECT");
        var select = ReadSelect();
        parts.Require(")");
        return new ExistsStatement(select.Table) { Where = select.Where };
    }

    SelectStatement ReadSelect()
    {
        Projection? wanted = null;
        if (!parts.TryTake("*"))
        {
            var paths = new List<DocumentPath> { values.ReadPath() };
            while (parts.TryTake(",")) paths.Add(values.ReadPath());
            wanted = PathRules.Refusal(paths) is { } refusal ? throw DynamoErrors.Invalid(refusal.Message) : new Projection(paths);
        }
        parts.RequireWord("FROM");
        var table = parts.TakeName();
        var select = new SelectStatement(table, parts.TryTake(".") ? parts.TakeName() : null, wanted) { Where = ReadWhere() };
        if (!parts.TryTakeWord("ORDER")) return select;
        parts.RequireWord("BY");
        var orderBy = parts.TakeName();
        var isDescending = parts.TryTakeWord("DESC");
        if (!isDescending) parts.TryTakeWord("ASC");
        return select with { OrderBy = orderBy, IsDescending = isDescending };
    }

    InsertStatement ReadInsert()
    {
        parts.RequireWord("INTO");
        var table = parts.TakeName();
        parts.RequireWord("VALUE");
        return values.ReadValue() is MapValue item ? new InsertStatement(table, item) : throw parts.Unexpected();
    }

    UpdateStatement ReadUpdate()
    {
        var table = parts.TakeName();
        var actions = new List<UpdateAction>();
        while (true)
        {
            if (parts.TryTakeWord("SET"))
            {
                do
                {
                    var path = values.ReadPath();
                    parts.Require("=");
                    actions.Add(new SetAction(path, ReadSum()));
                }
                while (parts.TryTake(","));
            }
            else if (parts.TryTakeWord("REMOVE"))
            {
                actions.Add(new RemoveAction(values.ReadPath()));
            }
            else
            {
                break;
            }
        }
        if (actions.Count == 0) throw parts.Unexpected();
        if (PathRules.Refusal([.. actions.Select(action => action.Path)]) is { } refusal) throw DynamoErrors.Invalid(refusal.Message);
        var where = ReadWhere();
        return new UpdateStatement(table, new Update(actions), ReadReturning()) { Where = where };
    }

    DeleteStatement ReadDelete()
    {
        parts.RequireWord("FROM");
        var table = parts.TakeName();
        var where = ReadWhere();
        return new DeleteStatement(table, ReadReturning()) { Where = where };
    }

    string? ReadReturning()
    {
        if (!parts.TryTakeWord("RETURNING")) return null;
        var isAll = parts.TryTakeWord("ALL");
        if (!isAll) parts.RequireWord("MODIFIED");
        var isNew = parts.TryTakeWord("NEW");
        if (!isNew) parts.RequireWord("OLD");
        parts.Require("*");
        return $"{(isAll ? "ALL" : "UPDATED")}_{(isNew ? "NEW" : "OLD")}";
    }

    Condition? ReadWhere() => parts.TryTakeWord("WHERE") ? new PartiQlConditions(parts, values).Read() : null;

    Operand ReadSum()
    {
        var left = ReadUpdateOperand();
        if (!parts.Current.Is("+") && !parts.Current.Is("-")) return left;
        var isDifference = parts.Take().Is("-");
        return new SumOperand(left, ReadUpdateOperand(), isDifference);
    }

    Operand ReadUpdateOperand()
    {
        if (!parts.IsCall) return values.ReadOperand();
        var function = parts.Take().Text;
        parts.Require("(");
        var first = ReadUpdateOperand();
        parts.Require(",");
        var second = ReadUpdateOperand();
        parts.Require(")");
        return function.ToUpperInvariant() switch
        {
            "LIST_APPEND" => new ListAppendOperand(first, second),
            "IF_NOT_EXISTS" when first is PathOperand path => new IfNotExistsOperand(path.Path, second),
            // Sets are added to and taken from by functions, where expressions have ADD and DELETE.
            "SET_ADD" => new SetOperand(first, second, IsRemoval: false),
            "SET_DELETE" => new SetOperand(first, second, IsRemoval: true),
            _ => throw DynamoErrors.Invalid($"Unsupported function in PartiQL statement: {function}"),
        };
    }
}
