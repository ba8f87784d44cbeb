using System.Text;
using Lambray.Resources.Logs;

namespace Lambray.Functions.Invocation;

/// <summary>What one invocation left in its function's log: from its START to its REPORT, also lines that do not name it.</summary>
public sealed class RequestLog(LogStore logs)
{
    /// <summary>In the order of time; empty when nothing is there (any more).</summary>
    /// <param name="from">A little before the invocation; nothing earlier is looked at.</param>
    /// <param name="to">A little after its end, or that of its last attempt.</param>
    /// <exception cref="Aws.AwsException">ResourceNotFoundException: the group is not there.</exception>
    public Task<IReadOnlyList<StoredEvent>> FindAsync(string group, string requestId, DateTimeOffset from, DateTimeOffset to) => logs.ReadAsync<IReadOnlyList<StoredEvent>>(
        new LogQuery(group, from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds() + 1), events => Find(events, new Marks(requestId)));

    // An environment has one invocation at a time, so that whatever its stream has between the two marks belongs to it.
    static List<StoredEvent> Find(IEnumerable<StoredEvent> events, Marks marks)
    {
        var (found, within) = (new List<StoredEvent>(), new HashSet<string>());
        foreach (var item in events)
        {
            var line = item.Message.Span;
            if (marks.IsStart(line)) within.Add(item.Stream);
            if (within.Contains(item.Stream)) found.Add(item);
            if (marks.IsReport(line)) within.Remove(item.Stream);
        }
        return found;
    }

    /// <summary>The first and the last line of an invocation, in text and in JSON.</summary>
    sealed class Marks(string requestId)
    {
        readonly byte[] startText = Encoding.UTF8.GetBytes($"START RequestId: {requestId} ");
        readonly byte[] reportText = Encoding.UTF8.GetBytes($"REPORT RequestId: {requestId}\t");
        readonly byte[] id = Encoding.UTF8.GetBytes($"\"requestId\":\"{requestId}\"");

        public bool IsStart(ReadOnlySpan<byte> line) => line.StartsWith(startText) || IsEvent(line, "\"type\":\"platform.start\""u8);

        public bool IsReport(ReadOnlySpan<byte> line) => line.StartsWith(reportText) || IsEvent(line, "\"type\":\"platform.report\""u8);

        bool IsEvent(ReadOnlySpan<byte> line, ReadOnlySpan<byte> type) => line.StartsWith("{\"time\":"u8) && line.IndexOf(type) >= 0 && line.IndexOf(id) >= 0;
    }
}
