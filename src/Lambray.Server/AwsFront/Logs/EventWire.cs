namespace Lambray.Server.AwsFront.Logs;

sealed record PutLogEventsRequest(string? LogGroupName, string? LogStreamName, IReadOnlyList<InputEventWire>? LogEvents);

sealed record InputEventWire(long? Timestamp, string? Message);

sealed record PutLogEventsAnswer(string NextSequenceToken, RejectedEventsWire? RejectedLogEventsInfo);

/// <summary>Which part of a batch was not taken, by index; ends are exclusive.</summary>
sealed record RejectedEventsWire(int? TooNewLogEventStartIndex, int? TooOldLogEventEndIndex, int? ExpiredLogEventEndIndex);

sealed record GetLogEventsRequest(
    string? LogGroupName, string? LogGroupIdentifier, string? LogStreamName, long? StartTime, long? EndTime, string? NextToken, int? Limit, bool? StartFromHead);

sealed record GetLogEventsAnswer(IReadOnlyList<OutputEventWire> Events, string NextForwardToken, string NextBackwardToken);

sealed record OutputEventWire(long Timestamp, string Message, long IngestionTime);

sealed record FilterLogEventsRequest(
    string? LogGroupName, string? LogGroupIdentifier, IReadOnlyList<string>? LogStreamNames, string? LogStreamNamePrefix, long? StartTime, long? EndTime,
    string? FilterPattern, string? NextToken, int? Limit);

/// <param name="SearchedLogStreams">Empty, as AWS leaves it.</param>
sealed record FilterLogEventsAnswer(IReadOnlyList<FilteredEventWire> Events, IReadOnlyList<string> SearchedLogStreams, string? NextToken);

sealed record FilteredEventWire(string LogStreamName, long Timestamp, string Message, long IngestionTime, string EventId);

sealed record TestMetricFilterRequest(string? FilterPattern, IReadOnlyList<string>? LogEventMessages);

sealed record TestMetricFilterAnswer(IReadOnlyList<MetricFilterMatchWire> Matches);

sealed record MetricFilterMatchWire(long EventNumber, string EventMessage, IReadOnlyDictionary<string, string> ExtractedValues);
