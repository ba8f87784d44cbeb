using System.Text;
using System.Text.Json.Nodes;
using Lambray.Tracing.Segments;

namespace Lambray.Server.Cli.AwsApi;

/// <summary>The time that a query looks at.</summary>
public readonly record struct TimeRange(SegmentTime Start, SegmentTime End)
{
    public static TimeRange Last(TimeSpan length, DateTimeOffset now) => new(SegmentTime.From(now - length), SegmentTime.From(now));

    // A second more than now: the newest trace may have begun in this very one, and the end of a range is not part of it.
    public static TimeRange Since(TimeSpan length, TimeProvider time) => Last(length, time.GetUtcNow().AddSeconds(1));

    public JsonObject ToJson() => new() { ["StartTime"] = Start.EpochSeconds, ["EndTime"] = End.EpochSeconds };
}

public sealed record TraceItem(string Id, IReadOnlyList<SegmentItem> Segments);

public sealed record SegmentItem(string Id, string Document)
{
    public SegmentEntity ReadDocument() => SegmentDocument.Read(Encoding.UTF8.GetBytes(Document));
}

/// <summary>One line of a list of traces.</summary>
public sealed record TraceSummaryItem(string Id)
{
    public double? StartTime { get; init; }

    public double Duration { get; init; }

    public double? ResponseTime { get; init; }

    public bool HasFault { get; init; }

    public bool HasError { get; init; }

    public bool HasThrottle { get; init; }

    public bool IsPartial { get; init; }

    public HttpItem? Http { get; init; }

    public ServiceIdItem? EntryPoint { get; init; }
}

public sealed record HttpItem(string? HttpURL, int? HttpStatus, string? HttpMethod);

public sealed record ServiceIdItem(string? Name, string? Type);

/// <summary>One node of the service map.</summary>
public sealed record ServiceItem(int ReferenceId, string? Name, string? Type)
{
    public bool? Root { get; init; }

    /// <summary>A client has none.</summary>
    public StatisticsItem? SummaryStatistics { get; init; }

    public IReadOnlyList<EdgeItem> Edges { get; init; } = [];
}

/// <param name="ReferenceId">The node called.</param>
public sealed record EdgeItem(int ReferenceId);

public sealed record StatisticsItem(long OkCount, long TotalCount, double TotalResponseTime)
{
    public ErrorStatisticsItem ErrorStatistics { get; init; } = new(0, 0);

    public FaultStatisticsItem FaultStatistics { get; init; } = new(0);
}

public sealed record ErrorStatisticsItem(long ThrottleCount, long OtherCount);

public sealed record FaultStatisticsItem(long TotalCount);
