using System.Globalization;
using System.Text.RegularExpressions;

namespace Lambray.Resources.EventBridge.Schedules;

/// <summary>When a rule goes by the clock ("Creating a rule that runs on a schedule").</summary>
public abstract partial record Schedule
{
    /// <returns>Null for what is neither <c>rate(…)</c> nor <c>cron(…)</c> in order.</returns>
    public static Schedule? Find(string? expression)
    {
        if (expression is null) return null;
        if (CronRegex().Match(expression) is { Success: true } cron) return CronSchedule.Parse(cron.Groups[1].Value);
        if (RateRegex().Match(expression) is not { Success: true } rate || !int.TryParse(rate.Groups[1].Value, CultureInfo.InvariantCulture, out var value) || value < 1) return null;
        // rate(1 minute), rate(5 minutes): no other number.
        if (rate.Groups[3].Success == (value == 1)) return null;
        return new RateSchedule(rate.Groups[2].Value switch
        {
            "minute" => TimeSpan.FromMinutes(value),
            "hour" => TimeSpan.FromHours(value),
            _ => TimeSpan.FromDays(value),
        });
    }

    /// <summary>The first time after another at which it is due; null when it never is again.</summary>
    /// <param name="from">Since when the rule goes by it.</param>
    public abstract DateTimeOffset? NextAfter(DateTimeOffset after, DateTimeOffset from);

    [GeneratedRegex(@"^cron\((.+)\)\z")]
    private static partial Regex CronRegex();

    [GeneratedRegex(@"^rate\((\d{1,9}) (minute|hour|day)(s)?\)\z")]
    private static partial Regex RateRegex();
}

/// <summary>Again and again after so long, counted from when the rule was made or enabled.</summary>
sealed record RateSchedule(TimeSpan Interval) : Schedule
{
    public override DateTimeOffset? NextAfter(DateTimeOffset after, DateTimeOffset from) =>
        after < from ? from + Interval : from + (Interval * (Math.Floor((after - from) / Interval) + 1));
}
