using System.Text.Json.Serialization;
using Lambray.Functions.Registry;
using Lambray.Functions.Registry.Concurrency;
using static Lambray.Server.AwsFront.Lambda.LambdaRequest;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>The account's limits, and what of them is in use.</summary>
static class AccountOperations
{
    public static Task GetAccountSettings(HttpContext http)
    {
        var (functions, codeBytes) = Service<FunctionStore>(http).Measure();
        var limits = Service<AccountLimits>(http);
        return WriteAsync(http, new AccountSettingsResponse(
            new AccountLimitWire(
                limits.TotalCodeBytes, CodeStore.UnzippedBytesMax, CodeStore.ZippedBytesMax, limits.ConcurrentExecutions,
                Service<ConcurrencyReservations>(http).Unreserved()),
            new AccountUsageWire(codeBytes, functions)), AccountJson.Default.AccountSettingsResponse);
    }
}

sealed record AccountSettingsResponse(AccountLimitWire AccountLimit, AccountUsageWire AccountUsage);

sealed record AccountLimitWire(long TotalCodeSize, long CodeSizeUnzipped, long CodeSizeZipped, int ConcurrentExecutions, int UnreservedConcurrentExecutions);

sealed record AccountUsageWire(long TotalCodeSize, long FunctionCount);

[JsonSerializable(typeof(AccountSettingsResponse))]
sealed partial class AccountJson : JsonSerializerContext;
