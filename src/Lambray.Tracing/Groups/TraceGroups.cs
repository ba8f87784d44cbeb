using System.Collections.Immutable;
using System.Security.Cryptography;
using Lambray.Aws;
using Lambray.Storage;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Tracing.Groups;

/// <summary>The account's groups: its own, up to 25, and the Default group of all traces.</summary>
public sealed class TraceGroups : IFilterGroups
{
    const int CustomGroupsMax = 25;
    const int NameLengthMax = 32;
    const string ArnPrefix = "group/";
    const string IdAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const int IdLength = 56;

    readonly RecordSet<GroupRecord> records;
    readonly AwsHome home;
    readonly TimeProvider time;
    readonly Lock gate = new();
    ImmutableArray<TraceGroup> all;

    public TraceGroups(SqliteDatabase database, AwsHome home, TimeProvider time)
    {
        (this.home, this.time) = (home, time);
        records = new RecordSet<GroupRecord>(database, "group", GroupRecordsJson.Default.GroupRecord);
        Refresh();
    }

    /// <summary>After each change, once it is on disk and in <see cref="All"/>.</summary>
    public event Action? Changed;

    /// <summary>The Default group, then the others by name. Costs nothing to ask for; this list never changes, the next call may give another.</summary>
    public ImmutableArray<TraceGroup> All => all;

    public TraceGroup? FindByName(string name) => All.FirstOrDefault(group => group.Name == name);

    public TraceGroup? FindByArn(string arn) => All.FirstOrDefault(group => group.Arn == arn);

    public string? FindExpression(string nameOrArn) => (FindByName(nameOrArn) ?? FindByArn(nameOrArn)) is { } group ? group.Text ?? "" : null;

    /// <summary>The group of a request that names it by either.</summary>
    /// <exception cref="AwsException">InvalidRequestException: there is no such group, or the request does not name just one.</exception>
    public TraceGroup Get(string? name, string? arn) => (name, arn) switch
    {
        ({ } groupName, null) => FindByName(groupName) ?? throw XRayErrors.InvalidRequest($"There is no group {groupName}."),
        (null, { } groupArn) => FindByArn(groupArn) ?? throw XRayErrors.InvalidRequest($"There is no group {groupArn}."),
        _ => throw XRayErrors.InvalidRequest("A group is named by either GroupName or GroupARN."),
    };

    /// <exception cref="AwsException">InvalidRequestException: the group cannot be, is there already, or is one too many.</exception>
    public async Task<TraceGroup> CreateAsync(
        string? name, string? filterExpression, InsightsConfig insights, IReadOnlyCollection<KeyValuePair<string, string>> tags)
    {
        XRayLimits.Name(name, "GroupName", NameLengthMax);
        FilterExpression.Parse(filterExpression);
        Check(insights);
        var tagged = XRayTags.Add(new Dictionary<string, string>(), tags, $"The group {name}");
        await records.PutAsync(present =>
        {
            if (name == TraceGroup.DefaultName || present.ContainsKey(name!)) throw XRayErrors.InvalidRequest($"There is a group {name} already.");
            if (present.Keys.Count(other => other != TraceGroup.DefaultName) >= CustomGroupsMax)
                throw XRayErrors.InvalidRequest($"There are {CustomGroupsMax} groups already, the most that can be.");
            return (name!, new GroupRecord(
                name!, RandomNumberGenerator.GetString(IdAlphabet, IdLength), filterExpression, insights.Enabled, insights.Notify, NewRevision(),
                time.GetUtcNow(), tagged));
        });
        return Published(name!);
    }

    /// <param name="filterExpression">Null leaves it as it is.</param>
    /// <param name="insightsEnabled">Null leaves it as it is.</param>
    /// <param name="notificationsEnabled">Null leaves it as it is; notifications end with insights.</param>
    /// <exception cref="AwsException">InvalidRequestException: there is no such group any more, or it cannot be so.</exception>
    public Task<TraceGroup> UpdateAsync(string name, string? filterExpression, bool? insightsEnabled, bool? notificationsEnabled)
    {
        if (filterExpression is not null)
        {
            if (name == TraceGroup.DefaultName) throw XRayErrors.InvalidRequest("The Default group has all traces; it takes no FilterExpression.");
            FilterExpression.Parse(filterExpression);
        }
        return ChangeAsync(name, record =>
        {
            var enabled = insightsEnabled ?? record.InsightsEnabled;
            var insights = new InsightsConfig(enabled, notificationsEnabled ?? (enabled && record.NotificationsEnabled));
            Check(insights);
            var changed = record with
            {
                InsightsEnabled = insights.Enabled,
                NotificationsEnabled = insights.Notify,
            };
            return filterExpression is null || filterExpression == record.FilterExpression ? changed : changed with
            {
                FilterExpression = filterExpression,
                Revision = NewRevision(),
                FilterSince = time.GetUtcNow(),
            };
        });
    }

    /// <exception cref="AwsException">InvalidRequestException: there is no such group any more, or a tag cannot be.</exception>
    public Task<TraceGroup> TagAsync(
        string name, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change) =>
        ChangeAsync(name, record => record with
        {
            Tags = change(record.Tags),
        });

    /// <exception cref="AwsException">InvalidRequestException: there is no such group, or it is the Default group.</exception>
    public async Task DeleteAsync(string name)
    {
        if (name == TraceGroup.DefaultName) throw XRayErrors.InvalidRequest("The Default group cannot be deleted.");
        await records.RemoveAsync(present => present.ContainsKey(name) ? name : throw XRayErrors.InvalidRequest($"There is no group {name}."));
        Publish();
    }

    async Task<TraceGroup> ChangeAsync(string name, Func<GroupRecord, GroupRecord> change)
    {
        await records.PutAsync(present => (name, change(
            present.GetValueOrDefault(name) ?? (name == TraceGroup.DefaultName ? DefaultRecord : throw XRayErrors.InvalidRequest($"There is no group {name}.")))));
        return Published(name);
    }

    static void Check(InsightsConfig insights)
    {
        if (insights is { Enabled: false, Notify: true }) throw XRayErrors.InvalidRequest("NotificationsEnabled needs InsightsEnabled.");
    }

    TraceGroup Published(string name)
    {
        var group = Read(records.Find(name) ?? throw XRayErrors.InvalidRequest($"The group {name} was deleted meanwhile."));
        Publish();
        return group;
    }

    void Publish()
    {
        Refresh();
        Changed?.Invoke();
    }

    void Refresh()
    {
        lock (gate)
        {
            var present = records.All;
            var groups = present.Values.Where(record => record.Name != TraceGroup.DefaultName)
                .Prepend(present.GetValueOrDefault(TraceGroup.DefaultName) ?? DefaultRecord);
            all = [.. groups.Select(Read)];
        }
    }

    TraceGroup Read(GroupRecord record) => new(
        record.Name, home.Regional("xray", ArnPrefix + record.Name + (record.Id is { } id ? "/" + id : "")).ToString(), record.FilterExpression,
        FilterExpression.Parse(record.FilterExpression), new InsightsConfig(record.InsightsEnabled, record.NotificationsEnabled), record.Revision,
        record.FilterSince, record.Tags);

    static string NewRevision() => Guid.NewGuid().ToString("N");

    static GroupRecord DefaultRecord { get; } = new(
        TraceGroup.DefaultName, null, null, InsightsEnabled: false, NotificationsEnabled: false, TraceGroup.DefaultName, DateTimeOffset.UnixEpoch,
        new Dictionary<string, string>());
}
