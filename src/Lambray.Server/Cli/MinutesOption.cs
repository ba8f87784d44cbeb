using System.CommandLine;
using Lambray.Server.Cli.AwsApi;

namespace Lambray.Server.Cli;

/// <summary>How far back a query looks.</summary>
static class MinutesOption
{
    const int Default = 60;

    public static Option<int> Create()
    {
        var option = new Option<int>("--minutes")
        {
            HelpName = "N",
            Description = "How far back to look",
            DefaultValueFactory = _ => Default,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var minutes) && minutes > 0))
                result.AddError($"--minutes: '{token.Value}' is no whole number of at least 1.");
        });
        return option;
    }

    // A second more than now: the newest trace may have begun in this very one, and the end of a range is not part of it.
    public static TimeRange Range(int minutes, TimeProvider time) =>
        TimeRange.Last(TimeSpan.FromMinutes(minutes), time.GetUtcNow().AddSeconds(1));
}
