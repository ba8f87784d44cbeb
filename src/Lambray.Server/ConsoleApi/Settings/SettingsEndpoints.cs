using System.Reflection;
using System.Text.Json.Serialization;
using Lambray.Functions.ExecutionEnvironments;
using Lambray.Functions.ExecutionEnvironments.Isolation;
using Lambray.Functions.Registry;
using Lambray.Functions.Registry.Concurrency;
using Lambray.Server.ConsoleApi.Functions;
using Lambray.Tracing.AccountSettings;
using Lambray.Tracing.Sampling;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Settings;

/// <summary>The page of settings: how this server runs, and what of it can be changed while it does.</summary>
static class SettingsEndpoints
{
    public static void MapSettings(this IEndpointRouteBuilder api)
    {
        api.MapGet("/settings", Get);
        api.MapPut("/settings/encryption", PutEncryption);
        api.MapPut("/settings/lambda-sampling", PutLambdaSampling);
        api.MapPut("/settings/indexing", PutIndexing);
    }

    static ServerSettings Get(
        [FromServices] ServerFacts facts, [FromServices] IIsolation isolation, [FromServices] EnvironmentPoolConfig pool, [FromServices] AccountLimits limits,
        [FromServices] ConcurrencyReservations reservations, [FromServices] FunctionStore functions, [FromServices] EncryptionSetting encryption,
        [FromServices] LambdaSamplingSetting sampling, [FromServices] IndexingRules indexing)
    {
        var (count, codeBytes) = functions.Measure();
        return new ServerSettings(
            facts with { Version = VersionOf(typeof(SettingsEndpoints).Assembly), Isolation = isolation.Description },
            new AccountFacts(limits.ConcurrentExecutions, reservations.Unreserved(), limits.TotalCodeBytes, codeBytes, count),
            new MachineLimits(pool.EnvironmentsMax, pool.MemoryMax, (int)pool.IdleTimeMax.TotalSeconds),
            new EncryptionChoice(encryption.KeyArn), Shown(sampling.Current), Shown(sampling.Configured), new IndexingChoice(indexing.Default.DesiredPercentage));
    }

    /// <remarks>Without a key it is the default encryption.</remarks>
    static async Task<NoContent> PutEncryption([FromBody] EncryptionChoice asked, [FromServices] EncryptionSetting encryption)
    {
        await encryption.PutAsync(string.IsNullOrEmpty(asked.KeyId) ? null : asked.KeyId);
        return TypedResults.NoContent();
    }

    static async Task<NoContent> PutLambdaSampling([FromBody] LambdaSamplingAsked asked, [FromServices] LambdaSamplingSetting sampling)
    {
        await sampling.PutAsync(asked.FirstPerMinute, asked.Rate);
        return TypedResults.NoContent();
    }

    static async Task<NoContent> PutIndexing([FromBody] IndexingChoice asked, [FromServices] IndexingRules indexing)
    {
        await indexing.UpdateAsync(IndexingRules.DefaultName, asked.DesiredPercentage);
        return TypedResults.NoContent();
    }

    static LambdaSampling Shown(LambdaSamplingConfig config) => new(config.FirstPerMinute, config.Rate);

    static string VersionOf(Assembly server) => server.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}

/// <param name="ConfiguredSampling">Lambda's sampling as the server was started.</param>
sealed record ServerSettings(
    ServerFacts Server, AccountFacts Account, MachineLimits Machine, EncryptionChoice Encryption, LambdaSampling LambdaSampling, LambdaSampling ConfiguredSampling,
    IndexingChoice Indexing);

/// <summary>How the server was started.</summary>
/// <param name="Daemon">Where X-Ray's daemon listens; null when none runs.</param>
/// <param name="TraceRetentionDays">How long traces are kept.</param>
/// <param name="LogsMaxMegabytes">How much of logs is kept.</param>
sealed record ServerFacts(
    string AccountId, string Region, string DataDirectory, string? Daemon, string Network, int TraceRetentionDays, int LogsMaxMegabytes, bool RecordsCalls)
{
    public string Version { get; init; } = "";

    /// <summary>How execution environments are kept apart, in a line for people.</summary>
    public string Isolation { get; init; } = "";
}

/// <summary>The account's limits, and what of them is in use.</summary>
sealed record AccountFacts(int ConcurrentExecutions, int UnreservedConcurrentExecutions, long CodeBytesMax, long CodeBytes, long Functions);

/// <param name="MemoryMax">Megabytes.</param>
/// <param name="IdleSecondsMax">How long an environment is kept without work.</param>
sealed record MachineLimits(int EnvironmentsMax, int MemoryMax, int IdleSecondsMax);

/// <param name="KeyId">A key of KMS; null for the default encryption.</param>
sealed record EncryptionChoice(string? KeyId);

sealed record LambdaSamplingAsked(int? FirstPerMinute, double? Rate);

sealed record IndexingChoice(double? DesiredPercentage);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ServerSettings))]
[JsonSerializable(typeof(EncryptionChoice))]
[JsonSerializable(typeof(LambdaSamplingAsked))]
[JsonSerializable(typeof(IndexingChoice))]
sealed partial class SettingsPageJson : JsonSerializerContext;
