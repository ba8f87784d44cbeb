using Lambray.Aws;
using Lambray.Resources.Logs;

namespace Lambray.Server.AwsFront.Logs;

sealed record StreamRequest(string? LogGroupName, string? LogStreamName);

sealed record DescribeLogStreamsRequest(
    string? LogGroupName, string? LogGroupIdentifier, string? LogStreamNamePrefix, string? OrderBy, bool? Descending, string? NextToken, int? Limit);

sealed record DescribeLogStreamsAnswer(IReadOnlyList<StreamWire> LogStreams, string? NextToken);

/// <param name="StoredBytes">AWS stopped counting by stream, and says 0.</param>
sealed record StreamWire(
    string LogStreamName, long CreationTime, long? FirstEventTimestamp, long? LastEventTimestamp, long? LastIngestionTime, string? UploadSequenceToken, string Arn,
    long StoredBytes)
{
    public static StreamWire Of(LogStream stream, string group, AwsHome home) => new(
        stream.Name, stream.Created.ToUnixTimeMilliseconds(), stream.FirstEvent, stream.LastEvent, stream.LastIngestion,
        stream.LastIngestion is { } ingestion ? SequenceToken.Of(ingestion) : null,
        home.Regional("logs", $"log-group:{group}:log-stream:{stream.Name}").ToString(), StoredBytes: 0);
}

/// <summary>What once had to be given with the next batch of a stream, and old clients still look for.</summary>
static class SequenceToken
{
    public static string Of(long ingestion) => new LogPosition(ingestion, 0, 0).ToString();
}
