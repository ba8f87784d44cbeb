using Lambray.Aws;
using Lambray.Tracing.Groups;
using Xunit;

namespace Lambray.Tests.Tracing.Groups;

public sealed class KeepingGroups : IAsyncLifetime
{
    static readonly InsightsConfig NoInsights = new(Enabled: false, Notify: false);
    static readonly Dictionary<string, string> NoTags = [];

    readonly XRaySettings settings = new();
    TraceGroups groups = null!;

    public ValueTask InitializeAsync()
    {
        groups = Open();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => settings.DisposeAsync();

    [Fact]
    public async Task Groups_outlive_the_server_with_their_ARNs_and_revisions()
    {
        var slow = await groups.CreateAsync("slow", "duration > 5", new InsightsConfig(Enabled: true, Notify: true), new Dictionary<string, string> { ["a"] = "b" });
        await groups.UpdateAsync("Default", filterExpression: null, insightsEnabled: true, notificationsEnabled: null);
        await settings.ReopenAsync();
        groups = Open();

        Assert.Equal(["Default", "slow"], groups.All.Select(group => group.Name));
        Assert.Equal(new InsightsConfig(Enabled: true, Notify: false), groups.All[0].Insights);
        var read = groups.FindByArn(slow.Arn)!;
        Assert.Equal((slow.Text, slow.Insights, slow.Revision, slow.FilterSince), (read.Text, read.Insights, read.Revision, read.FilterSince));
        Assert.Equal("b", read.Tags["a"]);
    }

    [Fact]
    public async Task The_revision_tells_of_another_expression_and_of_nothing_else()
    {
        var made = await groups.CreateAsync("slow", "duration > 5", NoInsights, NoTags);
        settings.Time.Advance(TimeSpan.FromHours(1));
        var same = await groups.UpdateAsync("slow", "duration > 5", insightsEnabled: true, notificationsEnabled: null);
        var other = await groups.UpdateAsync("slow", "duration > 6", insightsEnabled: null, notificationsEnabled: null);
        await groups.DeleteAsync("slow");
        var anew = await groups.CreateAsync("slow", "duration > 6", NoInsights, NoTags);

        Assert.Equal((made.Revision, made.FilterSince), (same.Revision, same.FilterSince));
        Assert.Equal(made.FilterSince.AddHours(1), other.FilterSince);
        Assert.Equal(made.Arn, other.Arn);
        Assert.NotEqual(made.Arn, anew.Arn);
        Assert.Equal(3, new[] { made, other, anew }.Select(group => group.Revision).Distinct().Count());
    }

    [Fact]
    public async Task Who_listens_finds_each_change_made()
    {
        var seen = new List<string>();
        groups.Changed += () => seen.Add(string.Join(' ', groups.All.Select(group => $"{group.Name}:{group.Text}")));

        await groups.CreateAsync("slow", "duration > 5", NoInsights, NoTags);
        await groups.UpdateAsync("slow", "fault", insightsEnabled: null, notificationsEnabled: null);
        await groups.DeleteAsync("slow");
        await Assert.ThrowsAsync<AwsException>(() => groups.DeleteAsync("slow"));

        Assert.Equal(["Default: slow:duration > 5", "Default: slow:fault", "Default:"], seen);
    }

    [Fact]
    public async Task No_more_than_25_can_be_however_they_are_created()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => CreatedAsync($"group-{number}")));

        Assert.Equal(25, made.Count(created => created));
        Assert.Equal(26, groups.All.Length);
    }

    async Task<bool> CreatedAsync(string name)
    {
        try
        {
            return await groups.CreateAsync(name, null, NoInsights, NoTags) is not null;
        }
        catch (AwsException error) when (error.Code == "InvalidRequestException")
        {
            return false;
        }
    }

    TraceGroups Open() => new(settings.Database, XRaySettings.Home, settings.Time);
}
