using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery.Rows;

/// <summary>Writes the parts of a summary in the order in which <see cref="SummaryReader"/> takes them.</summary>
static class SummaryWriter
{
    public static void Write(RowWriter row, TraceSummary trace)
    {
        row.Byte((byte)FlagsOf(trace));
        row.Double(trace.StartTime.EpochSeconds);
        row.Seconds(trace.Duration);
        row.Seconds(trace.ResponseTime);
        row.Count(trace.SegmentCount);
        row.Services(trace.ServiceIds);
        row.Service(trace.EntryPoint);
        WriteHttp(row, trace.Http);
        row.Texts(trace.ResourceArns);
        row.Texts(trace.InstanceIds);
        row.Texts(trace.AvailabilityZones);
        WriteAnnotations(row, trace.Annotations);
        WriteUsers(row, trace.Users);
        WriteSegments(row, trace.Segments);
        WriteCalls(row, trace.Calls);
        WriteCauses(row, trace.FaultRootCauses);
        WriteCauses(row, trace.ErrorRootCauses);
        WriteCauses(row, trace.ResponseTimeRootCauses);
    }

    static TraceFlags FlagsOf(TraceSummary trace) =>
        (trace.HasError ? TraceFlags.Error : 0) | (trace.HasFault ? TraceFlags.Fault : 0) | (trace.HasThrottle ? TraceFlags.Throttle : 0)
        | (trace.IsPartial ? TraceFlags.Partial : 0);

    static void WriteHttp(RowWriter row, HttpSummary? http)
    {
        // A status and nothing else is what most segments have.
        row.Byte((byte)HttpFieldsOf(http));
        if (http is null) return;
        if (http.Status is { } status) row.Number(unchecked((uint)status));
        if (!HttpFieldsOf(http).HasFlag(HttpFields.Request)) return;
        row.Text(http.Url);
        row.Text(http.Method);
        row.Text(http.UserAgent);
        row.Text(http.ClientIp);
    }

    static HttpFields HttpFieldsOf(HttpSummary? http)
    {
        if (http is null) return 0;
        var request = http is { Url: null, Method: null, UserAgent: null, ClientIp: null } ? 0 : HttpFields.Request;
        return HttpFields.Any | request | (http.Status is null ? 0 : HttpFields.Status);
    }

    static void WriteAnnotations(RowWriter row, IReadOnlyDictionary<string, IReadOnlyList<TraceAnnotation>> annotations)
    {
        row.Count(annotations.Count);
        foreach (var (key, values) in annotations)
        {
            row.Text(key);
            row.Count(values.Count);
            foreach (var told in values)
            {
                WriteValue(row, told.Value);
                row.Services(told.ServiceIds);
            }
        }
    }

    static void WriteValue(RowWriter row, AnnotationValue value)
    {
        if (value.Text is { } text)
        {
            row.Byte((byte)ValueForm.Text);
            row.Text(text);
        }
        else if (value.Number is { } number)
        {
            row.Byte((byte)ValueForm.Number);
            row.Double(number);
        }
        else
        {
            row.Byte((byte)(value.Flag == true ? ValueForm.True : ValueForm.False));
        }
    }

    static void WriteUsers(RowWriter row, IReadOnlyList<TraceUser> users)
    {
        row.Count(users.Count);
        foreach (var user in users)
        {
            row.Text(user.Name);
            row.Services(user.ServiceIds);
        }
    }

    static void WriteSegments(RowWriter row, IReadOnlyList<SegmentFacts> segments)
    {
        row.Count(segments.Count);
        foreach (var segment in segments)
        {
            var placed = segment.ResourceArn is not null || segment.InstanceId is not null || segment.AvailabilityZone is not null;
            row.Service(segment.Service);
            row.Byte((byte)segment.Outcome);
            row.Byte((byte)((placed ? SegmentFields.Place : 0) | (segment.Messages.Count > 0 ? SegmentFields.Messages : 0)));
            WriteTimes(row, segment.ShortestSeconds, segment.LongestSeconds);
            WriteHttp(row, segment.Http);
            if (placed)
            {
                row.Text(segment.ResourceArn);
                row.Text(segment.InstanceId);
                row.Text(segment.AvailabilityZone);
            }
            if (segment.Messages.Count > 0) row.Texts(segment.Messages);
        }
    }

    static void WriteCalls(RowWriter row, IReadOnlyList<CallFacts> calls)
    {
        row.Count(calls.Count);
        foreach (var call in calls)
        {
            row.Service(call.Source);
            row.Service(call.Destination);
            row.Byte((byte)call.Outcome);
            WriteTimes(row, call.ShortestSeconds, call.LongestSeconds);
            WriteHttp(row, call.Http);
        }
    }

    // Most are of one segment, and equal.
    static void WriteTimes(RowWriter row, double shortest, double longest)
    {
        row.Seconds(shortest);
        row.Seconds(longest - shortest);
    }

    static void WriteCauses(RowWriter row, IReadOnlyList<RootCause> causes)
    {
        row.Count(causes.Count);
        foreach (var cause in causes)
        {
            row.Byte(cause.ClientImpacting ? (byte)1 : (byte)0);
            row.Count(cause.Services.Count);
            foreach (var service in cause.Services)
            {
                row.Service(service.Id);
                row.Byte(service.Inferred ? (byte)1 : (byte)0);
                row.Count(service.EntityPath.Count);
                foreach (var entity in service.EntityPath) WriteEntity(row, entity);
            }
        }
    }

    static void WriteEntity(RowWriter row, RootCauseEntity entity)
    {
        row.Text(entity.Name);
        row.Byte((byte)((entity.Remote ? EntityFields.Remote : 0) | (entity.Coverage is null ? 0 : EntityFields.Coverage)));
        if (entity.Coverage is { } coverage) row.Double(coverage);
        row.Count(entity.Exceptions.Count);
        foreach (var exception in entity.Exceptions)
        {
            row.Text(exception.Name);
            row.Text(exception.Message);
        }
    }
}
