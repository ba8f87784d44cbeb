using System.Globalization;

namespace Lambray.Resources.EventBridge.Schedules;

/// <summary>One field of a cron expression that says plain values: <c>*</c>, <c>5</c>, <c>1-5</c>, <c>0/15</c>, <c>MON-FRI,SUN</c>.</summary>
sealed class CronField
{
    readonly SortedSet<int> values;

    CronField(SortedSet<int> values) => this.values = values;

    /// <param name="names">Of the values, from the first on; none where only numbers will do.</param>
    /// <returns>Null for what is no such field.</returns>
    public static CronField? Find(string text, int min, int max, params IReadOnlyList<string> names)
    {
        var values = new SortedSet<int>();
        foreach (var part in text.Split(','))
        {
            if (FindRange(part, min, max, names) is not var (first, last, step)) return null;
            // Days of the week go round: FRI-MON.
            if (first > last && names.Count == 0) return null;
            for (var value = first; value <= (first > last ? last + max - min + 1 : last); value += step) values.Add(value > max ? value - (max - min + 1) : value);
        }
        return new CronField(values);
    }

    public bool Has(int value) => values.Contains(value);

    /// <summary>The first of its values that is not smaller; null when all are.</summary>
    public int? From(int value)
    {
        foreach (var known in values)
            if (known >= value) return known;
        return null;
    }

    static (int First, int Last, int Step)? FindRange(string part, int min, int max, IReadOnlyList<string> names)
    {
        var (range, step) = (part, 1);
        var slash = part.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            if (!int.TryParse(part.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out step) || step < 1) return null;
            range = part[..slash];
        }
        if (range is "*") return (min, max, step);
        var ends = range.Split('-');
        if (ends.Length > 2 || FindValue(ends[0], min, max, names) is not { } first) return null;
        if (ends.Length == 2) return FindValue(ends[1], min, max, names) is { } last ? (first, last, step) : null;
        // 10/15 goes on to the end, 10 alone does not.
        return (first, slash >= 0 ? max : first, step);
    }

    static int? FindValue(string text, int min, int max, IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
            if (names[i].Equals(text, StringComparison.OrdinalIgnoreCase)) return min + i;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max ? value : null;
    }
}
