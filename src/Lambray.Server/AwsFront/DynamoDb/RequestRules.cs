using System.Collections.Frozen;
using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Resources.DynamoDb;
using Lambray.Resources.DynamoDb.Expressions;
using Lambray.Resources.DynamoDb.Legacy;
using Lambray.Resources.DynamoDb.Tables;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>What is asked of requests about items alike, before any table is looked at.</summary>
static class RequestRules
{
    static readonly FrozenSet<string> Capacities = FrozenSet.Create("INDEXES", "TOTAL", "NONE");
    static readonly FrozenSet<string> Metrics = FrozenSet.Create("SIZE", "NONE");
    static readonly FrozenSet<string> ReturnValues = FrozenSet.Create("ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW");
    static readonly FrozenSet<string> FailureValues = FrozenSet.Create("ALL_OLD", "NONE");
    static readonly FrozenSet<string> Joins = FrozenSet.Create("OR", "AND");
    static readonly FrozenSet<string> Selects = FrozenSet.Create("SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES");
    static readonly FrozenSet<string> Operators = AttributeCondition.Operators.ToFrozenSet();
    static readonly FrozenSet<string> Actions = FrozenSet.Create("ADD", "DELETE", "PUT");

    public static Validation RequireCapacity(this Validation faults, string? value) => faults.RequireOneOf(value, "returnConsumedCapacity", Capacities, "[INDEXES, TOTAL, NONE]");

    public static Validation RequireWrite(this Validation faults, WriteItemRequest request, string at = "")
    {
        faults.RequireOneOf(request.ReturnItemCollectionMetrics, $"{at}returnItemCollectionMetrics", Metrics, "[SIZE, NONE]")
            .RequireOneOf(request.ReturnValues, $"{at}returnValues", ReturnValues, "[ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]")
            .RequireOneOf(request.ReturnValuesOnConditionCheckFailure, $"{at}returnValuesOnConditionCheckFailure", FailureValues, "[ALL_OLD, NONE]")
            .RequireOneOf(request.ConditionalOperator, $"{at}conditionalOperator", Joins, "[OR, AND]");
        foreach (var (name, expected) in request.Expected ?? []) faults.RequireOperator(expected.ComparisonOperator, $"{at}expected.{name}.member.comparisonOperator");
        foreach (var (name, update) in request.AttributeUpdates ?? [])
            faults.RequireOneOf(update.Action, $"{at}attributeUpdates.{name}.member.action", Actions, "[ADD, DELETE, PUT]");
        return faults;
    }

    public static Validation RequireQuery(this Validation faults, QueryRequest request)
    {
        faults.RequireCapacity(request.ReturnConsumedCapacity)
            .RequireOneOf(request.Select, "select", Selects, "[SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]")
            .RequireOneOf(request.ConditionalOperator, "conditionalOperator", Joins, "[OR, AND]")
            .RequireRange(request.Limit, "limit", 1, int.MaxValue)
            .RequireRange(request.TotalSegments, "totalSegments", 1, 1_000_000)
            .RequireRange(request.Segment, "segment", 0, 999_999);
        RequireConditions(faults, request.KeyConditions, "keyConditions");
        RequireConditions(faults, request.QueryFilter, "queryFilter");
        RequireConditions(faults, request.ScanFilter, "scanFilter");
        return faults;
    }

    /// <summary>Expressions and what was there before them do not mix.</summary>
    /// <exception cref="AwsException">They are mixed, or names or values are given without expressions.</exception>
    public static void RequireOneKind(
        (string Name, object? Value)[] expressions, (string Name, object? Value)[] legacy, object? names, object? values)
    {
        var given = expressions.Where(expression => expression.Value is not null).Select(expression => expression.Name).ToArray();
        var others = legacy.Where(parameter => parameter.Value is not null).Select(parameter => parameter.Name).ToArray();
        if (given.Length > 0 && others.Length > 0)
            throw DynamoErrors.Invalid(
                "Can not use both expression and non-expression parameters in the same request: " +
                $"Non-expression parameters: {{{string.Join(", ", others)}}} Expression parameters: {{{string.Join(", ", given)}}}");
        if (names is not null && given.Length == 0) throw DynamoErrors.Invalid("ExpressionAttributeNames can only be specified when using expressions");
        var withValues = expressions.Select(expression => expression.Name).Where(name => name != "ProjectionExpression").ToArray();
        if (values is not null && withValues.Length > 0 && given.All(name => name == "ProjectionExpression"))
            throw DynamoErrors.Invalid(
                $"ExpressionAttributeValues can only be specified when using expressions: {string.Join(" and ", withValues)} {(withValues.Length > 1 ? "are" : "is")} null");
    }

    /// <exception cref="AwsException">An attribute is named twice.</exception>
    public static Projection? ProjectionOf(IReadOnlyList<string>? attributes)
    {
        if (attributes is null) return null;
        var twice = attributes.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? Projection.Of(attributes) : throw DynamoErrors.InvalidValues($"Duplicate value in attribute name: {twice.Key}");
    }

    public static Condition? ConditionOf(Dictionary<string, ConditionWire>? conditions, string? join) =>
        AttributeCondition.Join((conditions ?? []).Select(condition => condition.Value.ToCondition().On(condition.Key)), join == "OR");

    /// <exception cref="AwsException">The table is not named, or not there.</exception>
    public static TableModel Table(HttpContext http, string? name)
    {
        DynamoDoor.Request(http).Table ??= name;
        if (name is not null) DynamoDoor.Request(http).Tables.Add(name);
        return TableOperations.Tables(http).Get(TableNames.Require(name));
    }

    static void RequireConditions(Validation faults, Dictionary<string, ConditionWire>? conditions, string member)
    {
        foreach (var (name, condition) in conditions ?? [])
        {
            faults.Require(condition.ComparisonOperator is not null, null, $"{member}.{name}.member.comparisonOperator", "Member must not be null");
            faults.RequireOperator(condition.ComparisonOperator, $"{member}.{name}.member.comparisonOperator");
        }
    }

    static Validation RequireOperator(this Validation faults, string? value, string member) => faults.RequireOneOf(
        value, member, Operators, "[IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS]");

    static Validation RequireOneOf(this Validation faults, string? value, string member, FrozenSet<string> allowed, string shown) =>
        faults.Require(value is null || allowed.Contains(value), value, member, $"Member must satisfy enum value set: {shown}");
}
