namespace Lambray.Resources.EventBridge.Schedules;

/// <summary>Minutes, hours, day of month, month, day of week, year, in UTC ("Cron expressions" in the User Guide).</summary>
sealed record CronSchedule(CronField Minutes, CronField Hours, CronDays Days, CronField Months, CronField Years) : Schedule
{
    const int FirstYear = 1970;
    const int LastYear = 2199;

    static readonly string[] MonthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    /// <param name="fields">What stands between the brackets.</param>
    public static CronSchedule? Parse(string fields)
    {
        if (fields.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var minutes, var hours, var ofMonth, var months, var ofWeek, var years]) return null;
        return CronField.Find(minutes, 0, 59) is { } minute && CronField.Find(hours, 0, 23) is { } hour && CronDays.Find(ofMonth, ofWeek) is { } days
            && CronField.Find(months, 1, 12, MonthNames) is { } month && CronField.Find(years, FirstYear, LastYear) is { } year
                ? new CronSchedule(minute, hour, days, month, year)
                : null;
    }

    public override DateTimeOffset? NextAfter(DateTimeOffset after, DateTimeOffset from)
    {
        var start = after.UtcDateTime;
        start = start.Date.AddHours(start.Hour).AddMinutes(start.Minute + 1);
        var (day, hour, minute) = (DateOnly.FromDateTime(start), start.Hour, start.Minute);
        while (NextDay(day) is { } found)
        {
            if (found != day) (hour, minute) = (0, 0);
            if (NextTime(hour, minute) is var (foundHour, foundMinute)) return new DateTimeOffset(found.ToDateTime(new TimeOnly(foundHour, foundMinute)), TimeSpan.Zero);
            (day, hour, minute) = (found.AddDays(1), 0, 0);
        }
        return null;
    }

    DateOnly? NextDay(DateOnly day)
    {
        while (Years.From(day.Year) is { } year)
        {
            if (year != day.Year) day = new DateOnly(year, 1, 1);
            if (!Months.Has(day.Month)) day = new DateOnly(day.Year, day.Month, 1).AddMonths(1);
            else if (Days.Has(day)) return day;
            else day = day.AddDays(1);
        }
        return null;
    }

    (int Hour, int Minute)? NextTime(int hour, int minute)
    {
        if (Hours.From(hour) is not { } found) return null;
        if (found != hour) return (found, Minutes.From(0)!.Value);
        if (Minutes.From(minute) is { } now) return (hour, now);
        return Hours.From(hour + 1) is { } later ? (later, Minutes.From(0)!.Value) : null;
    }
}
