namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>DescribeLimits and DescribeEndpoints.</summary>
static class AccountOperations
{
    // The quotas of a new account; nothing here is throttled by them.
    const long AccountUnits = 80_000;
    const long TableUnits = 40_000;
    const long CacheMinutes = 1440;

    public static Task DescribeLimits(HttpContext http) =>
        DynamoDoor.WriteAsync(http, new LimitsAnswer(AccountUnits, AccountUnits, TableUnits, TableUnits), DynamoJson.Wire.LimitsAnswer);

    public static Task DescribeEndpoints(HttpContext http) => DynamoDoor.WriteAsync(
        http, new EndpointsAnswer([new EndpointWire(http.Request.Host.Value!, CacheMinutes)]), DynamoJson.Wire.EndpointsAnswer);
}

sealed record LimitsAnswer(long AccountMaxReadCapacityUnits, long AccountMaxWriteCapacityUnits, long TableMaxReadCapacityUnits, long TableMaxWriteCapacityUnits);

sealed record EndpointWire(string Address, long CachePeriodInMinutes);

sealed record EndpointsAnswer(IReadOnlyList<EndpointWire> Endpoints);
