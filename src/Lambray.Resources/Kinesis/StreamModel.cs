using System.Text.Json.Serialization;
using Lambray.Aws;

namespace Lambray.Resources.Kinesis;

/// <summary>A stream with all that is set for it: immutable, replaced whole by every change.</summary>
public sealed record StreamModel
{
    public const string Provisioned = "PROVISIONED";
    public const string OnDemand = "ON_DEMAND";
    public const int RetentionHoursMin = 24;
    public const int RetentionHoursMax = 8760;
    public const int RecordKibibytesMin = 1024;
    public const int RecordKibibytesMax = 10240;

    public required string Name { get; init; }

    /// <summary>Names it in the keys of its records; no other stream has it.</summary>
    public required long Number { get; init; }

    public required DateTimeOffset Created { get; init; }

    public string Mode { get; init; } = Provisioned;

    /// <summary>By number, closed ones for as long as they may have records.</summary>
    public required IReadOnlyList<ShardModel> Shards { get; init; }

    public int RetentionHours { get; init; } = RetentionHoursMin;

    public int RecordKibibytes { get; init; } = RecordKibibytesMin;

    public int? WarmThroughput { get; init; }

    /// <summary>Null for none; kept and shown, nothing is encrypted with it.</summary>
    public string? KeyId { get; init; }

    /// <summary>Shard-level metrics that were asked for.</summary>
    public IReadOnlyList<string> Metrics { get => field ?? []; init; }

    public string? Policy { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get => field ?? new Dictionary<string, string>(); init; }

    public IReadOnlyList<StreamConsumer> Consumers { get => field ?? []; init; }

    [JsonIgnore]
    public IEnumerable<ShardModel> OpenShards => Shards.Where(shard => shard.IsOpen);

    [JsonIgnore]
    public TimeSpan Retention => TimeSpan.FromHours(RetentionHours);

    [JsonIgnore]
    public string EncryptionType => KeyId is null ? "NONE" : "KMS";

    public Arn Arn(AwsHome home) => home.Regional("kinesis", $"stream/{Name}");

    public ShardModel? FindShard(int number) => Shards.FirstOrDefault(shard => shard.Number == number);
}

/// <summary>Who reads a stream under a name of their own ("Enhanced fan-out consumers" in the Kinesis Developer Guide).</summary>
public sealed record StreamConsumer(string Name, DateTimeOffset Created)
{
    public IReadOnlyDictionary<string, string> Tags { get => field ?? new Dictionary<string, string>(); init; }

    public string? Policy { get; init; }

    public string Arn(StreamModel stream, AwsHome home) => $"{stream.Arn(home)}/consumer/{Name}:{Created.ToUnixTimeSeconds()}";
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StreamModel))]
sealed partial class KinesisStoreJson : JsonSerializerContext;
