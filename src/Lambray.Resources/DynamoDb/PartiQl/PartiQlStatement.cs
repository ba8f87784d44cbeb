using Lambray.Resources.DynamoDb.Expressions;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.PartiQl;

/// <summary>A statement of "PartiQL - a SQL-compatible query language for Amazon DynamoDB".</summary>
public abstract record PartiQlStatement(string Table)
{
    /// <summary>The names of conditions that are joined by AND, the key's among them; null for all items.</summary>
    public Condition? Where { get; init; }
}

/// <param name="Wanted">Null for all attributes.</param>
public sealed record SelectStatement(string Table, string? Index, Projection? Wanted) : PartiQlStatement(Table)
{
    /// <summary>The key by which items are sorted, when the statement says so.</summary>
    public string? OrderBy { get; init; }

    public bool IsDescending { get; init; }
}

/// <summary>Lets a transaction through when there is such an item: for statements what <c>ConditionCheck</c> is for TransactWriteItems.</summary>
public sealed record ExistsStatement(string Table) : PartiQlStatement(Table);

public sealed record InsertStatement(string Table, MapValue Item) : PartiQlStatement(Table);

/// <param name="Returning">As <c>ReturnValues</c> of UpdateItem names it.</param>
public sealed record UpdateStatement(string Table, Update Update, string? Returning) : PartiQlStatement(Table);

/// <inheritdoc cref="UpdateStatement"/>
public sealed record DeleteStatement(string Table, string? Returning) : PartiQlStatement(Table);
