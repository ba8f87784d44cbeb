using System.Globalization;

namespace Lambray.Resources.Kinesis;

/// <summary>A record's place in its stream, growing over all shards: 56 digits, so that texts sort as numbers do.</summary>
/// <remarks>
/// <code>
/// 49 00639012345678901234 0000000000000000000000000000000003
///    position             shard
/// </code>
/// The position is the time of arrival in ticks, or one more than the one before: so a time is a place too, and a number is never given twice,
/// also after a restart.
/// </remarks>
public readonly record struct SequenceNumber(long Position, int Shard)
{
    const string Prefix = "49";
    const int Length = 56;
    const int PositionDigits = 20;

    public DateTimeOffset Arrival => new(Position, TimeSpan.Zero);

    public static bool TryParse(string? text, out SequenceNumber number)
    {
        number = default;
        if (text is not { Length: Length } || !text.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var position = text.AsSpan(Prefix.Length, PositionDigits);
        if (!long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) || ticks > DateTimeOffset.MaxValue.UtcTicks) return false;
        if (!int.TryParse(text.AsSpan(Prefix.Length + PositionDigits), NumberStyles.None, CultureInfo.InvariantCulture, out var shard)) return false;
        number = new SequenceNumber(ticks, shard);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Position:D20}{Shard:D34}");
}
