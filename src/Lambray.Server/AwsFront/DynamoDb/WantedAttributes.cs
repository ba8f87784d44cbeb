using Lambray.Aws;
using Lambray.Resources.DynamoDb;
using Lambray.Resources.DynamoDb.Expressions;
using Lambray.Resources.DynamoDb.Tables;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>What a query or a scan is to answer of each item: the parameter <c>Select</c> and those that go with it.</summary>
sealed record WantedAttributes(string? Select, Projection? Legacy)
{
    public bool IsCount => Select == "COUNT";

    /// <exception cref="AwsException">They do not go together.</exception>
    public static WantedAttributes Read(QueryRequest request)
    {
        var legacy = RequestRules.ProjectionOf(request.AttributesToGet);
        var given = request.AttributesToGet is not null ? "AttributesToGet" : request.ProjectionExpression is not null ? "ProjectionExpression" : null;
        switch (request.Select)
        {
            case "SPECIFIC_ATTRIBUTES" when given is null:
                throw DynamoErrors.InvalidValues("Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
            case "COUNT" when given is not null:
                throw DynamoErrors.Invalid($"Cannot specify the {given} when choosing to get only the Count");
            case "ALL_ATTRIBUTES" or "ALL_PROJECTED_ATTRIBUTES" when given is not null:
                throw DynamoErrors.Invalid($"Cannot specify the {given} when choosing to get {request.Select}");
            case "ALL_PROJECTED_ATTRIBUTES" when request.IndexName is null:
                throw DynamoErrors.InvalidValues("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
            default:
                return new WantedAttributes(request.Select, legacy);
        }
    }

    /// <summary>Whether more is wanted than the index has: a local one looks for it in the table, a global one cannot.</summary>
    /// <exception cref="AwsException">It is a global index.</exception>
    public bool NeedsItems(TableModel table, IndexModel? index, Projection? projection)
    {
        if (index is not { Projection: not ProjectionType.All }) return false;
        if (Select == "ALL_ATTRIBUTES")
            return index.IsGlobal
                ? throw DynamoErrors.InvalidValues(
                    $"Select type ALL_ATTRIBUTES is not supported for global secondary index {index.Name} because its projection type is not ALL")
                : true;
        string[] beyond =
        [
            .. (projection?.Paths ?? []).Select(path => path.Attribute)
                .Where(name => !index.Key.Has(name) && !table.Key.Has(name) && !index.Included.Contains(name)).Distinct(),
        ];
        if (beyond.Length == 0) return false;
        return index.IsGlobal
            ? throw DynamoErrors.InvalidValues($"Global secondary index {index.Name} does not project [{string.Join(", ", beyond)}]")
            : true;
    }
}
