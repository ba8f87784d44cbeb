using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery.Rows;

namespace Lambray.Tracing.TraceQuery;

/// <summary>Summaries as the trace index keeps them: a few hundred bytes for a usual trace (<c>docs/formats/trace-row.md</c>).</summary>
/// <remarks>A row does not say which trace it is of, nor how often that was indexed: the index knows.</remarks>
public static class TraceSummaryCodec
{
    // Raised when the form changes.
    const byte Version = 1;

    public static ReadOnlyMemory<byte> Write(TraceSummary trace)
    {
        var row = new RowWriter();
        row.Byte(Version);
        SummaryWriter.Write(row, trace);
        return row.Written;
    }

    /// <exception cref="InvalidDataException">The row is of another version, or broken.</exception>
    public static TraceSummary Read(TraceId id, int revision, ReadOnlySpan<byte> bytes)
    {
        var row = new RowReader(bytes);
        try
        {
            return row.Byte() is var version && version == Version
                ? SummaryReader.Read(id, revision, ref row)
                : throw new InvalidDataException($"The row of trace {id} has version {version}, not {Version}.");
        }
        catch (Exception error) when (error is IndexOutOfRangeException or ArgumentOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException($"The row of trace {id} is broken.", error);
        }
    }
}
