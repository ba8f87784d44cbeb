using System.Collections.Concurrent;
using Lambray.Resources.Metrics;

namespace Lambray.Resources.Kinesis;

/// <summary>What CloudWatch is told of streams ("Monitoring the Amazon Kinesis Data Streams Service with Amazon CloudWatch" in the Developer Guide): stream by stream, not by shard.</summary>
public sealed class StreamMetrics(MetricStore metrics, TimeProvider time)
{
    readonly ConcurrentDictionary<string, ResourceMetrics> streams = new(StringComparer.Ordinal);

    /// <param name="operation">PutRecord or PutRecords.</param>
    public void Put(string stream, string operation, IReadOnlyCollection<NewRecord> records, TimeSpan taken)
    {
        var of = Of(stream);
        var bytes = records.Sum(record => (long)record.Data.Length);
        of.Record("IncomingRecords", records.Count, MetricUnit.Count);
        of.Record("IncomingBytes", bytes, MetricUnit.Bytes);
        of.Record($"{operation}.Success", 1, MetricUnit.Count);
        of.Record($"{operation}.Bytes", bytes, MetricUnit.Bytes);
        of.Record($"{operation}.Latency", taken.TotalMilliseconds, MetricUnit.Milliseconds);
    }

    public void Read(string stream, RecordPage page, TimeSpan taken)
    {
        var of = Of(stream);
        of.Record("GetRecords.Success", 1, MetricUnit.Count);
        of.Record("GetRecords.Records", page.Records.Count, MetricUnit.Count);
        of.Record("GetRecords.Bytes", page.Records.Sum(record => (long)record.Data.Length), MetricUnit.Bytes);
        of.Record("GetRecords.IteratorAgeMilliseconds", page.Behind.TotalMilliseconds, MetricUnit.Milliseconds);
        of.Record("GetRecords.Latency", taken.TotalMilliseconds, MetricUnit.Milliseconds);
    }

    ResourceMetrics Of(string stream) => streams.GetOrAdd(stream, name => new ResourceMetrics(metrics, "AWS/Kinesis", new MetricDimension("StreamName", name), time));
}
