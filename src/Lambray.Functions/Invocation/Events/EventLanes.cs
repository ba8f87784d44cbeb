namespace Lambray.Functions.Invocation.Events;

/// <summary>Whose event runs next: functions take turns, and one that was refused for load waits while the others go on.</summary>
/// <remarks>
/// A function may have as many events at work as there are places left, so that a flooded one never takes the last: the
/// next function always finds room to begin. After a refusal it gets no more at a time than ran then, and one more with
/// each event that gets through. Not safe for threads: its owner's lock guards it.
/// </remarks>
/// <param name="placesMax">How many events may be at work at once, over all functions.</param>
sealed class EventLanes(int placesMax)
{
    readonly Dictionary<string, Lane> lanes = [];
    readonly Queue<Lane> turns = [];
    readonly PriorityQueue<Lane, DateTimeOffset> asleep = new();
    int working;

    /// <summary>When a function that can't go on now may; null when none waits for the clock.</summary>
    public DateTimeOffset? NextWake => asleep.TryPeek(out _, out var at) ? at : null;

    public void Add(string function, long id, DateTimeOffset due)
    {
        if (!lanes.TryGetValue(function, out var lane)) lanes[function] = lane = new Lane(function);
        lane.Events.Enqueue(id, (due, id));
        Queue(lane);
    }

    /// <summary>Takes the next event whose time has come and whose function may go on; it holds a place until it is <see cref="Settle"/>d.</summary>
    public (string Function, long Id)? Take(DateTimeOffset now)
    {
        while (asleep.TryPeek(out var lane, out var at) && at <= now)
        {
            asleep.Dequeue();
            Queue(lane);
        }
        for (var left = turns.Count; left > 0; left--)
        {
            var lane = turns.Dequeue();
            lane.HasTurn = false;
            if (lane.NextAt is not { } next) continue;
            if (next > now) asleep.Enqueue(lane, next);
            // Asked again when one of its own, or of anybody's, is through.
            else if (lane.Working >= lane.Limit) continue;
            else if (lane.Working >= placesMax - working) Queue(lane);
            else return Begin(lane);
        }
        return null;
    }

    /// <summary>An event is through, or has been put back by <see cref="Add"/>.</summary>
    public void Settle(string function)
    {
        var lane = End(function);
        lane.Refusals = 0;
        if (lane.Limit < placesMax) lane.Limit++;
        Keep(lane);
    }

    /// <summary>There was no room to run an event: it is the next again, once its function has waited.</summary>
    public void Refuse(string function, long id, DateTimeOffset due, DateTimeOffset now)
    {
        var lane = End(function);
        lane.Limit = Math.Max(1, lane.Working);
        // Those that ran beside the first one refused are refused for the same reason.
        if (lane.PausedUntil <= now) lane.PausedUntil = now + EventRetry.WaitAfterThrottle(++lane.Refusals);
        lane.Events.Enqueue(id, (due, id));
        Keep(lane);
    }

    /// <summary>How long the function would wait if it were refused now.</summary>
    public TimeSpan WaitIfRefused(string function) => EventRetry.WaitAfterThrottle((lanes.GetValueOrDefault(function)?.Refusals ?? 0) + 1);

    (string Function, long Id) Begin(Lane lane)
    {
        lane.Working++;
        working++;
        var id = lane.Events.Dequeue();
        Queue(lane);
        return (lane.Function, id);
    }

    Lane End(string function)
    {
        var lane = lanes[function];
        lane.Working--;
        working--;
        return lane;
    }

    void Keep(Lane lane)
    {
        if (lane is { Working: 0, Events.Count: 0, HasTurn: false }) lanes.Remove(lane.Function);
        else Queue(lane);
    }

    void Queue(Lane lane)
    {
        if (lane.HasTurn || lane.Events.Count == 0) return;
        lane.HasTurn = true;
        turns.Enqueue(lane);
    }

    sealed class Lane(string function)
    {
        public string Function => function;

        public PriorityQueue<long, (DateTimeOffset Due, long Id)> Events { get; } = new();

        public bool HasTurn { get; set; }

        public int Working { get; set; }

        public int Limit { get; set; } = int.MaxValue;

        public int Refusals { get; set; }

        public DateTimeOffset PausedUntil { get; set; }

        public DateTimeOffset? NextAt => !Events.TryPeek(out _, out var next) ? null : next.Due > PausedUntil ? next.Due : PausedUntil;
    }
}
