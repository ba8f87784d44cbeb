using System.Globalization;

namespace Lambray.Resources.EventBridge.Schedules;

/// <summary>On which days a cron expression is due: of its fields for days of the month and of the week, one is <c>?</c>.</summary>
/// <remarks>
/// Of the month: <c>L</c> the last day, <c>15W</c> the weekday nearest to the 15th, <c>LW</c> the last weekday. Of the week: <c>L</c> Saturday,
/// <c>5L</c> the last Thursday of the month, <c>3#2</c> the second Tuesday. Sunday is 1.
/// </remarks>
abstract record CronDays
{
    static readonly string[] Names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    /// <returns>Null for what is not in order.</returns>
    public static CronDays? Find(string ofMonth, string ofWeek) => (ofMonth, ofWeek) switch
    {
        ("?", "?") => null,
        (_, "?") => FindOfMonth(ofMonth),
        ("?", _) => FindOfWeek(ofWeek),
        _ => null,
    };

    public abstract bool Has(DateOnly day);

    static CronDays? FindOfMonth(string text)
    {
        if (text == "L") return new LastDay();
        if (text == "LW") return new NearestWeekday(null);
        if (text.EndsWith('W') && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var near))
            return near is >= 1 and <= 31 ? new NearestWeekday(near) : null;
        return CronField.Find(text, 1, 31) is { } days ? new DaysOfMonth(days) : null;
    }

    static CronDays? FindOfWeek(string text)
    {
        if (text == "L") return new DaysOfWeek(CronField.Find("7", 1, 7)!);
        if (text.EndsWith('L') && FindOne(text[..^1]) is { } last) return new LastOfWeekday(last);
        if (text.Split('#') is [var day, var count] && FindOne(day) is { } nth && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number is >= 1 and <= 5 ? new NthOfWeekday(nth, number) : null;
        return CronField.Find(text, 1, 7, Names) is { } days ? new DaysOfWeek(days) : null;
    }

    static int? FindOne(string text) =>
        CronField.Find(text, 1, 7, Names) is { } field && !text.Contains(',') && !text.Contains('-') && !text.Contains('*') && !text.Contains('/') ? field.From(1) : null;

    static int Weekday(DateOnly day) => (int)day.DayOfWeek + 1;

    static int DaysIn(DateOnly day) => DateTime.DaysInMonth(day.Year, day.Month);

    sealed record DaysOfMonth(CronField Days) : CronDays
    {
        public override bool Has(DateOnly day) => Days.Has(day.Day);
    }

    sealed record LastDay : CronDays
    {
        public override bool Has(DateOnly day) => day.Day == DaysIn(day);
    }

    // It never leaves the month: of a 1st that is a Saturday it is the 3rd.
    sealed record NearestWeekday(int? To) : CronDays
    {
        public override bool Has(DateOnly day)
        {
            var wanted = To ?? DaysIn(day);
            if (wanted > DaysIn(day)) return false;
            var target = new DateOnly(day.Year, day.Month, wanted);
            return day == target.DayOfWeek switch
            {
                DayOfWeek.Saturday => target.AddDays(wanted == 1 ? 2 : -1),
                DayOfWeek.Sunday => target.AddDays(wanted == DaysIn(day) ? -2 : 1),
                _ => target,
            };
        }
    }

    sealed record DaysOfWeek(CronField Days) : CronDays
    {
        public override bool Has(DateOnly day) => Days.Has(Weekday(day));
    }

    sealed record LastOfWeekday(int Day) : CronDays
    {
        public override bool Has(DateOnly day) => Weekday(day) == Day && day.Day + 7 > DaysIn(day);
    }

    sealed record NthOfWeekday(int Day, int Number) : CronDays
    {
        public override bool Has(DateOnly day) => Weekday(day) == Day && (day.Day - 1) / 7 == Number - 1;
    }
}
