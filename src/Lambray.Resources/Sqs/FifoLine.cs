namespace Lambray.Resources.Sqs;

/// <summary>Of a FIFO queue: in each message group the order in which messages came, and nothing of a group while one of its messages is out.</summary>
/// <remarks>
/// <code>
/// ready   (17, blue), (40, red)      groups with nothing out, by the message that is next in them
/// groups  blue  waiting 17 18 25     out 0
///         red   waiting 40           out 0
///         grey  waiting 12 13        out 2: 10 and 11 have been received and not been deleted
/// </code>
/// </remarks>
sealed class FifoLine : IMessageLine
{
    // As far as AWS looks for groups that are free.
    const int WaitingMax = 20_000;

    readonly Dictionary<string, Group> groups = new(StringComparer.Ordinal);
    readonly SortedSet<(long First, string Name)> ready = [];
    readonly List<Group> given = [];

    public int Count { get; private set; }

    public bool HasRoom => Count < WaitingMax;

    public void Add(StoredMessage message) => Put(message.GroupId!, message.Sequence);

    public void Return(HeldMessage message)
    {
        // One that was delayed, and never received, had not been out.
        if (message.ReceiveCount > 0) GroupOf(message.GroupId!).Out--;
        Put(message.GroupId!, message.Sequence);
    }

    public bool TryNext(out long sequence, out StoredMessage? message)
    {
        (sequence, message) = (0, null);
        // As many as there are of one group, then of the next.
        if (given.Count == 0 || given[^1].Waiting.Count == 0)
        {
            if (ready.Count == 0) return false;
            var group = groups[ready.Min.Name];
            ready.Remove(ready.Min);
            group.ReadyAt = null;
            given.Add(group);
        }
        var current = given[^1];
        sequence = current.Waiting.Min;
        current.Waiting.Remove(sequence);
        Count--;
        return true;
    }

    public void Hold(string? groupId) => GroupOf(groupId!).Out++;

    public void Release(string? groupId)
    {
        var group = GroupOf(groupId!);
        group.Out--;
        Place(group);
    }

    public void EndReceipt()
    {
        var done = given.ToArray();
        given.Clear();
        foreach (var group in done) Place(group);
    }

    public void Clear()
    {
        groups.Clear();
        ready.Clear();
        given.Clear();
        Count = 0;
    }

    void Put(string name, long sequence)
    {
        var group = GroupOf(name);
        group.Waiting.Add(sequence);
        Count++;
        Place(group);
    }

    Group GroupOf(string name)
    {
        if (!groups.TryGetValue(name, out var group)) groups[name] = group = new Group(name);
        return group;
    }

    void Place(Group group)
    {
        if (group.ReadyAt is { } former) ready.Remove((former, group.Name));
        group.ReadyAt = group.Out == 0 && group.Waiting.Count > 0 && !given.Contains(group) ? group.Waiting.Min : null;
        if (group.ReadyAt is { } first) ready.Add((first, group.Name));
        else if (group is { Out: 0, Waiting.Count: 0 } && !given.Contains(group)) groups.Remove(group.Name);
    }

    sealed class Group(string name)
    {
        public string Name { get; } = name;

        public SortedSet<long> Waiting { get; } = [];

        /// <summary>How many of its messages are received and neither deleted nor back.</summary>
        public int Out { get; set; }

        public long? ReadyAt { get; set; }
    }
}
