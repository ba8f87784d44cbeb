using System.Globalization;
using Lambray.Resources.EventBridge.Schedules;
using Xunit;

namespace Lambray.Tests.Resources.EventBridge;

/// <summary>When rules are due that go by the clock.</summary>
public sealed class Scheduling
{
    static readonly DateTimeOffset From = At("2026-01-01T00:00:30");

    [Theory]
    [InlineData("cron(0 10 * * ? *)", "2026-03-01T10:00:00", "2026-03-02T10:00:00")]
    [InlineData("cron(15 12 * * ? *)", "2026-03-01T12:14:59", "2026-03-01T12:15:00")]
    [InlineData("cron(0 18 ? * MON-FRI *)", "2026-03-06T18:00:00", "2026-03-09T18:00:00")]
    [InlineData("cron(0 8 1 * ? *)", "2026-12-01T08:00:00", "2027-01-01T08:00:00")]
    [InlineData("cron(0/15 * * * ? *)", "2026-03-01T10:07:00", "2026-03-01T10:15:00")]
    [InlineData("cron(0/5 8-17 ? * MON-FRI *)", "2026-03-06T17:55:00", "2026-03-09T08:00:00")]
    [InlineData("cron(0 9 L * ? *)", "2028-02-01T00:00:00", "2028-02-29T09:00:00")]
    [InlineData("cron(0 9 1W * ? *)", "2026-08-01T00:00:00", "2026-08-03T09:00:00")]
    [InlineData("cron(0 9 15W * ? *)", "2026-08-01T00:00:00", "2026-08-14T09:00:00")]
    [InlineData("cron(0 9 LW * ? *)", "2026-05-01T00:00:00", "2026-05-29T09:00:00")]
    [InlineData("cron(0 9 ? * 3#2 *)", "2026-03-01T00:00:00", "2026-03-10T09:00:00")]
    [InlineData("cron(0 9 ? * TUE#2 *)", "2026-03-01T00:00:00", "2026-03-10T09:00:00")]
    [InlineData("cron(0 9 ? * 5L *)", "2026-03-01T00:00:00", "2026-03-26T09:00:00")]
    [InlineData("cron(0 9 ? * L *)", "2026-03-01T00:00:00", "2026-03-07T09:00:00")]
    [InlineData("cron(0 0 29 FEB ? *)", "2026-03-01T00:00:00", "2028-02-29T00:00:00")]
    [InlineData("cron(30 6 ? JAN,JUL SUN 2027-2029)", "2026-03-01T00:00:00", "2027-01-03T06:30:00")]
    [InlineData("rate(5 minutes)", "2026-01-01T00:05:30", "2026-01-01T00:10:30")]
    [InlineData("rate(5 minutes)", "2026-01-01T00:05:29", "2026-01-01T00:05:30")]
    [InlineData("rate(1 day)", "2026-01-01T00:00:30", "2026-01-02T00:00:30")]
    public void Is_next_due(string expression, string after, string expected) => Assert.Equal(At(expected), Schedule.Find(expression)!.NextAfter(At(after), From));

    [Fact]
    public void Is_never_due_again_when_its_years_are_over() => Assert.Null(Schedule.Find("cron(0 0 1 1 ? 2025)")!.NextAfter(From, From));

    [Theory]
    [InlineData("rate(1 minutes)")]
    [InlineData("rate(5 minute)")]
    [InlineData("rate(0 minutes)")]
    [InlineData("rate(1 week)")]
    [InlineData("cron(* * * * * *)")]
    [InlineData("cron(0 10 ? * ? *)")]
    [InlineData("cron(0 10 * * ?)")]
    [InlineData("cron(60 10 * * ? *)")]
    [InlineData("cron(0 24 * * ? *)")]
    [InlineData("cron(0 10 32W * ? *)")]
    [InlineData("cron(0 10 ? * 8 *)")]
    [InlineData("cron(0 10 ? * 2#6 *)")]
    [InlineData("cron(0 10 * FOO ? *)")]
    [InlineData("every day")]
    public void Refuses(string expression) => Assert.Null(Schedule.Find(expression));

    // The model looks at each minute by itself; what is found must be the first that it would take.
    [Fact]
    public void Finds_the_minute_that_looking_at_each_would_find()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var (minutes, hours) = (Field(random, 0, 59), Field(random, 0, 23));
            var months = random.Next(2) == 0 ? (Text: "*", Has: _ => true) : Field(random, 1, 12);
            var byWeek = random.Next(2) == 0;
            var days = byWeek ? Field(random, 1, 7) : Field(random, 1, 28);
            var expression = $"cron({minutes.Text} {hours.Text} {(byWeek ? "?" : days.Text)} {months.Text} {(byWeek ? days.Text : "?")} *)";
            var after = At("2026-01-01T00:00:00").AddMinutes(random.Next(500_000));

            var found = Schedule.Find(expression)?.NextAfter(after, after);

            Assert.True(found is not null, $"{expression} (seed {seed})");
            bool Fits(DateTimeOffset time) =>
                minutes.Has(time.Minute) && hours.Has(time.Hour) && months.Has(time.Month) && days.Has(byWeek ? (int)time.DayOfWeek + 1 : time.Day);
            Assert.True(Fits(found.Value) && found > after, $"{expression} after {after:s} gave {found:s} (seed {seed})");
            // Each minute between would be many: each of the last two days before it, and the first day.
            for (var time = after.AddSeconds(-after.Second).AddMinutes(1); time < found; time = time.AddMinutes(1))
            {
                Assert.False(Fits(time), $"{expression} after {after:s} gave {found:s}, not {time:s} (seed {seed})");
                if (time - after > TimeSpan.FromDays(1) && found - time > TimeSpan.FromDays(2)) time = found.Value.AddDays(-2).AddMinutes(-1);
            }
        }
    }

    static (string Text, Func<int, bool> Has) Field(Random random, int min, int max)
    {
        var (first, second) = (random.Next(min, max + 1), random.Next(min, max + 1));
        var (low, high) = (Math.Min(first, second), Math.Max(first, second));
        var step = random.Next(1, 7);
        return random.Next(4) switch
        {
            0 => ($"{low}", value => value == low),
            1 => ($"{low}-{high}", value => value >= low && value <= high),
            2 => ($"{low}/{step}", value => value >= low && (value - low) % step == 0),
            _ => ($"{low},{high}", value => value == low || value == high),
        };
    }

    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
