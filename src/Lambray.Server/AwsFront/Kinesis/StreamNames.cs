using System.Text.RegularExpressions;
using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Resources.Kinesis;

namespace Lambray.Server.AwsFront.Kinesis;

/// <summary>Names of streams, shards and consumers as requests give them, checked against the API model.</summary>
static partial class StreamNames
{
    const int NameLengthMax = 128;
    const string NamePattern = "[a-zA-Z0-9_.-]+";

    /// <summary>By name or by ARN, which older and newer clients give.</summary>
    public static string Of(StreamTarget target, AwsHome home)
    {
        if (target is { StreamName: null, StreamArn: null }) throw KinesisErrors.InvalidArgument("Either StreamName or StreamARN is required.");
        if (target.StreamName is { } name) Require(name, "streamName");
        if (target.StreamArn is not { } arn) return target.StreamName!;
        var named = OfArn(arn, "streamARN", home);
        return target.StreamName is null || target.StreamName == named
            ? named
            : throw KinesisErrors.InvalidArgument($"StreamName {target.StreamName} and StreamARN {arn} are of different streams.");
    }

    /// <summary>The stream of its own ARN, or of a consumer's.</summary>
    public static string OfArn(string? text, string member, AwsHome home)
    {
        new Validation().Require(text is not null, null, member, "Member must not be null").ThrowIfAny();
        new Validation().Require(ArnRegex().IsMatch(text!), text, member, $"Member must satisfy regular expression pattern: {ArnPattern}").ThrowIfAny();
        var name = Arn.TryParse(text, out var arn) ? arn.Resource.Split('/')[1] : "";
        return arn.AccountId == home.AccountId && arn.Region == home.Region ? name : throw KinesisErrors.StreamNotFound(name, arn.AccountId);
    }

    /// <exception cref="AwsException">ValidationException.</exception>
    public static string Require(string? name, string member)
    {
        new Validation().Require(name is not null, null, member, "Member must not be null").ThrowIfAny();
        new Validation()
            .RequireLength(name, member, 1, NameLengthMax)
            .Require(NameRegex().IsMatch(name!), name, member, $"Member must satisfy regular expression pattern: {NamePattern}")
            .ThrowIfAny();
        return name!;
    }

    /// <exception cref="AwsException">It is no shard's name, or there is no such shard.</exception>
    public static ShardModel Shard(StreamModel stream, string? id, string account)
    {
        Require(id, "shardId");
        return ShardModel.TryParseId(id, out var number) && stream.FindShard(number) is { } shard
            ? shard
            : throw KinesisErrors.NotFound($"Shard {id} in stream {stream.Name} under account {account} does not exist");
    }

    const string ArnPattern = @"arn:aws.*:kinesis:.*:\d{12}:.*stream/\S+";

    [GeneratedRegex($@"^{ArnPattern}\z")]
    private static partial Regex ArnRegex();

    [GeneratedRegex($@"^{NamePattern}\z")]
    private static partial Regex NameRegex();
}
