using Lambray.Tracing.Intake;
using Lambray.Tracing.Segments;
using Xunit;

namespace Lambray.Tests.Tracing;

/// <summary>Packets as the real X-Ray SDKs sent them to the daemon's address.</summary>
static class SamplePackets
{
    static string Folder => Path.Combine(AppContext.BaseDirectory, "Tracing", "Samples");

    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder, "*.packet").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    /// <summary>Scenarios outside Lambda own their segment; inside, SDKs send subsegments only.</summary>
    public static bool IsLoneSubsegment(string name) =>
        !(name.Contains("-always-") || name.Contains("-segment-") || name.Contains("-seg-") || name.Contains("-streamed-"));

    public static byte[] Packet(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".packet"));

    public static ReadOnlyMemory<byte> Document(string name) =>
        DaemonDatagram.TrySplit(Packet(name), out var document) ? document : throw new InvalidDataException($"{name} is no packet of the daemon's protocol.");

    public static SegmentEntity Entity(string name) =>
        SegmentDocument.TryRead(Document(name), out var entity, out var rejection) ? entity : throw new InvalidDataException(rejection.Message);
}
