using System.Globalization;
using System.Text;
using Lambray.Resources.Kinesis;

namespace Lambray.Server.AwsFront.Kinesis;

/// <summary>Where a list or a reader goes on: opaque to clients, good for five minutes from when it was given.</summary>
/// <param name="Stream">The stream's name.</param>
/// <param name="Place">What was last told, or where to read next.</param>
readonly record struct ListToken(string Stream, string Place, DateTimeOffset Given)
{
    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public static ListToken? Parse(string text)
    {
        try
        {
            var parts = Encoding.UTF8.GetString(Convert.FromBase64String(text)).Split('|');
            return parts is ["1", var milliseconds, var stream, var place] && long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var given)
                && given < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? new ListToken(stream, place, DateTimeOffset.FromUnixTimeMilliseconds(given)) : null;
        }
        catch (Exception error) when (error is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Of a list.</summary>
    /// <exception cref="Lambray.Aws.AwsException">It is none, or too old.</exception>
    public static ListToken Require(string text, DateTimeOffset now) =>
        Parse(text) is not { } token ? throw KinesisErrors.InvalidArgument("NextToken is invalid.")
        : token.IsExpired(now) ? throw KinesisErrors.ExpiredToken("NextToken has expired: it is good for 300 seconds.")
        : token;

    public bool IsExpired(DateTimeOffset now) => now - Given > Lifetime;

    public override string ToString() =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"1|{Given.ToUnixTimeMilliseconds()}|{Stream}|{Place}")));
}

/// <summary>A shard and a position in it, as clients carry them from one GetRecords to the next.</summary>
readonly record struct ShardIterator(string Stream, int Shard, long Position)
{
    const string TimeFormat = "ddd MMM dd HH:mm:ss 'UTC' yyyy";

    /// <exception cref="Lambray.Aws.AwsException">It is none, or too old.</exception>
    public static ShardIterator Require(string text, DateTimeOffset now)
    {
        if (ListToken.Parse(text) is not { } token || token.Place.Split(':') is not [var shard, var position]
            || !int.TryParse(shard, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var from))
            throw KinesisErrors.InvalidArgument("Invalid ShardIterator.");
        if (token.IsExpired(now))
            throw KinesisErrors.ExpiredIterator(
                $"Iterator expired. The iterator was created at time {token.Given.ToString(TimeFormat, CultureInfo.InvariantCulture)} while right now it is " +
                $"{now.ToString(TimeFormat, CultureInfo.InvariantCulture)} which is further in the future than the tolerated delay of 300000 milliseconds.");
        return new ShardIterator(token.Stream, number, from);
    }

    public string Text(DateTimeOffset now) => new ListToken(Stream, string.Create(CultureInfo.InvariantCulture, $"{Shard}:{Position}"), now).ToString();
}
