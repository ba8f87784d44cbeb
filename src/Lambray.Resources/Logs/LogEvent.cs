namespace Lambray.Resources.Logs;

/// <summary>Something that was logged.</summary>
/// <param name="Timestamp">Unix milliseconds, as whoever logged it says.</param>
/// <param name="Message">UTF-8.</param>
public readonly record struct LogEvent(long Timestamp, ReadOnlyMemory<byte> Message);

/// <summary>A logged event where it lies.</summary>
/// <param name="Ingestion">When it came in, Unix milliseconds.</param>
public sealed record StoredEvent(LogPosition Position, string Stream, long Ingestion, ReadOnlyMemory<byte> Message)
{
    public long Timestamp => Position.Timestamp;
}

/// <summary>Where an event lies: by its time, and for those of one time in the order in which they came.</summary>
public readonly record struct LogPosition(long Timestamp, long Block, int Index) : IComparable<LogPosition>
{
    // As long as CloudWatch's own event ids, which are 56 digits.
    const int TimestampDigits = 20;
    const int BlockDigits = 20;
    const int IndexDigits = 16;

    public int CompareTo(LogPosition other) => (Timestamp, Block, Index).CompareTo((other.Timestamp, other.Block, other.Index));

    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{Timestamp:D20}{Block:D20}{Index:D16}");

    public static bool TryParse(ReadOnlySpan<char> text, out LogPosition position)
    {
        position = default;
        if (text.Length != TimestampDigits + BlockDigits + IndexDigits) return false;
        if (!TryParseDigits(text[..TimestampDigits], out var timestamp)
            || !TryParseDigits(text[TimestampDigits..][..BlockDigits], out var block)
            || !TryParseDigits(text[^IndexDigits..], out var index)
            || index > int.MaxValue) return false;
        position = new LogPosition(timestamp, block, (int)index);
        return true;
    }

    static bool TryParseDigits(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number);
}
