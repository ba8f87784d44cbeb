using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery.Rows;

/// <summary>Reads the parts of a summary in the order in which <see cref="SummaryWriter"/> wrote them.</summary>
static class SummaryReader
{
    static readonly Dictionary<string, IReadOnlyList<TraceAnnotation>> NoAnnotations = [];

    public static TraceSummary Read(TraceId id, int revision, ref RowReader row)
    {
        var flags = (TraceFlags)row.Byte();
        return new TraceSummary
        {
            Id = id,
            Revision = revision,
            HasError = flags.HasFlag(TraceFlags.Error),
            HasFault = flags.HasFlag(TraceFlags.Fault),
            HasThrottle = flags.HasFlag(TraceFlags.Throttle),
            IsPartial = flags.HasFlag(TraceFlags.Partial),
            // From here on in the order of the bytes.
            StartTime = new SegmentTime(row.Double()),
            Duration = row.Seconds(),
            ResponseTime = row.Seconds(),
            SegmentCount = row.Count(),
            ServiceIds = row.Services(),
            EntryPoint = row.Service(),
            Http = ReadHttp(ref row),
            ResourceArns = row.Texts(),
            InstanceIds = row.Texts(),
            AvailabilityZones = row.Texts(),
            Annotations = ReadAnnotations(ref row),
            Users = ReadUsers(ref row),
            Segments = ReadSegments(ref row),
            Calls = ReadCalls(ref row),
            FaultRootCauses = ReadCauses(ref row),
            ErrorRootCauses = ReadCauses(ref row),
            ResponseTimeRootCauses = ReadCauses(ref row),
        };
    }

    static HttpSummary? ReadHttp(ref RowReader row)
    {
        var fields = (HttpFields)row.Byte();
        if (fields == 0) return null;
        int? status = fields.HasFlag(HttpFields.Status) ? unchecked((int)(uint)row.Number()) : null;
        if (!fields.HasFlag(HttpFields.Request)) return new HttpSummary(null, status, null, null, null);
        var (url, method) = (row.Text(), row.Text());
        return new HttpSummary(url, status, method, UserAgent: row.Text(), ClientIp: row.Text());
    }

    static Dictionary<string, IReadOnlyList<TraceAnnotation>> ReadAnnotations(ref RowReader row)
    {
        var count = row.Length();
        if (count == 0) return NoAnnotations;
        var annotations = new Dictionary<string, IReadOnlyList<TraceAnnotation>>(count);
        for (; count > 0; count--)
        {
            var key = row.NeededText();
            var values = new TraceAnnotation[row.Length()];
            for (var index = 0; index < values.Length; index++) values[index] = new TraceAnnotation(ReadValue(ref row), row.Services());
            annotations[key] = values;
        }
        return annotations;
    }

    static AnnotationValue ReadValue(ref RowReader row) => (ValueForm)row.Byte() switch
    {
        ValueForm.Text => row.NeededText(),
        ValueForm.Number => row.Double(),
        ValueForm.True => true,
        _ => false,
    };

    static TraceUser[] ReadUsers(ref RowReader row)
    {
        var count = row.Length();
        if (count == 0) return [];
        var users = new TraceUser[count];
        for (var index = 0; index < count; index++) users[index] = new TraceUser(row.NeededText(), row.Services());
        return users;
    }

    static SegmentFacts[] ReadSegments(ref RowReader row)
    {
        var segments = new SegmentFacts[row.Length()];
        for (var index = 0; index < segments.Length; index++)
        {
            var service = row.Service();
            var outcome = (SegmentOutcome)row.Byte();
            var fields = (SegmentFields)row.Byte();
            var (shortest, longest) = ReadTimes(ref row);
            var http = ReadHttp(ref row);
            var placed = fields.HasFlag(SegmentFields.Place);
            segments[index] = new SegmentFacts(
                service, outcome, shortest, longest, http, placed ? row.Text() : null, placed ? row.Text() : null, placed ? row.Text() : null,
                fields.HasFlag(SegmentFields.Messages) ? row.Texts() : []);
        }
        return segments;
    }

    static CallFacts[] ReadCalls(ref RowReader row)
    {
        var calls = new CallFacts[row.Length()];
        for (var index = 0; index < calls.Length; index++)
        {
            var (source, destination, outcome) = (row.Service(), row.Service(), (SegmentOutcome)row.Byte());
            var (shortest, longest) = ReadTimes(ref row);
            calls[index] = new CallFacts(source, destination, outcome, shortest, longest, ReadHttp(ref row));
        }
        return calls;
    }

    // Summed as whole microseconds: as doubles the longest would come out beside what was written.
    static (double Shortest, double Longest) ReadTimes(ref RowReader row)
    {
        var shortest = row.Number();
        var longest = shortest + row.Number();
        return (shortest / 1e6, longest / 1e6);
    }

    static RootCause[] ReadCauses(ref RowReader row)
    {
        var count = row.Length();
        if (count == 0) return [];
        var causes = new RootCause[count];
        for (var index = 0; index < count; index++)
        {
            var impacting = row.Byte() == 1;
            var services = new RootCauseService[row.Length()];
            for (var place = 0; place < services.Length; place++) services[place] = ReadCauseService(ref row);
            causes[index] = new RootCause(services, impacting);
        }
        return causes;
    }

    static RootCauseService ReadCauseService(ref RowReader row)
    {
        var id = row.Service();
        var inferred = row.Byte() == 1;
        var path = new RootCauseEntity[row.Length()];
        for (var index = 0; index < path.Length; index++) path[index] = ReadEntity(ref row);
        return new RootCauseService(id, path, inferred);
    }

    static RootCauseEntity ReadEntity(ref RowReader row)
    {
        var name = row.NeededText();
        var fields = (EntityFields)row.Byte();
        double? coverage = fields.HasFlag(EntityFields.Coverage) ? row.Double() : null;
        var exceptions = new RootCauseException[row.Length()];
        for (var index = 0; index < exceptions.Length; index++) exceptions[index] = new RootCauseException(row.Text(), row.Text());
        return new RootCauseEntity(name, exceptions, fields.HasFlag(EntityFields.Remote), coverage);
    }
}
