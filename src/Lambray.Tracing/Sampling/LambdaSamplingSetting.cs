using System.Text.Json.Serialization;
using Lambray.Storage;

namespace Lambray.Tracing.Sampling;

/// <summary>How Lambda samples: as the server was configured, until somebody sets it otherwise at run time. AWS has no such setting.</summary>
public sealed class LambdaSamplingSetting(SqliteDatabase database, LambdaSamplingConfig configured)
{
    const string Name = "lambda";
    const int FirstPerMinuteMax = 1_000_000;

    readonly RecordSet<LambdaSamplingConfig> records = new(database, "lambda-sampling", LambdaSamplingJson.Default.LambdaSamplingConfig);

    /// <summary>As the server was started.</summary>
    public LambdaSamplingConfig Configured => configured;

    public LambdaSamplingConfig Current => records.Find(Name) ?? configured;

    /// <summary>Outlives a restart.</summary>
    /// <exception cref="Aws.AwsException">InvalidRequestException: a number is missing or out of its range.</exception>
    public Task<LambdaSamplingConfig> PutAsync(int? firstPerMinute, double? rate)
    {
        var setting = new LambdaSamplingConfig(
            XRayLimits.Number(firstPerMinute, "FirstPerMinute", 0, FirstPerMinuteMax), XRayLimits.Number(rate, "Rate", 0, 1));
        return records.PutAsync(_ => (Name, setting));
    }
}

[JsonSerializable(typeof(LambdaSamplingConfig))]
sealed partial class LambdaSamplingJson : JsonSerializerContext;
