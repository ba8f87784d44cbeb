using System.IO.Hashing;

namespace Lambray.Tracing.TraceStore.Rocks;

/// <summary>Eight bytes for names of any length, the same in every run: they are keys on disk.</summary>
static class Hashing
{
    public static ulong Of(TraceTerm term, ByteWriter scratch) => XxHash3.HashToUInt64(scratch.Clear().Text(term.Kind).Text(term.Value).Written);

    public static ulong Of(GraphPart part, ByteWriter scratch)
    {
        PartCodec.Write(part, scratch.Clear());
        return XxHash3.HashToUInt64(scratch.Written);
    }
}
