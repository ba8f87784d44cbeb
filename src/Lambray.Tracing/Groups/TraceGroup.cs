using System.IO.Hashing;
using System.Text;
using System.Text.Json.Serialization;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.Groups;

/// <summary>A group: the traces that a filter expression lets through, with figures of their own.</summary>
/// <param name="Text">The filter expression as it was given; null for all traces.</param>
/// <param name="Filter">The same, parsed.</param>
/// <param name="Revision">Another one whenever the expression changes, also when a group is deleted and made anew: figures of another revision are not this group's.</param>
/// <param name="FilterSince">When the expression was last changed; earlier traces were not grouped by it.</param>
public sealed record TraceGroup(
    string Name, string Arn, string? Text, FilterExpression Filter, InsightsConfig Insights, string Revision, DateTimeOffset FilterSince,
    IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>The group of all traces, which is always there.</summary>
    public const string DefaultName = "Default";

    /// <summary>By what the trace index counts the group's traces; another group of the same name is another number. 0 counts all traces.</summary>
    public uint Number { get; } = Name == DefaultName ? ITraceIndex.EveryTrace : Math.Max(1, XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(Arn)));
}

/// <param name="Notify">An insight of the group is told as an event; only with <paramref name="Enabled"/>.</param>
public sealed record InsightsConfig(bool Enabled, bool Notify);

/// <summary>A group on disk.</summary>
/// <param name="Id">The unique part of its ARN; none for the Default group.</param>
sealed record GroupRecord(
    string Name, string? Id, string? FilterExpression, bool InsightsEnabled, bool NotificationsEnabled, string Revision, DateTimeOffset FilterSince,
    IReadOnlyDictionary<string, string> Tags);

[JsonSerializable(typeof(GroupRecord))]
sealed partial class GroupRecordsJson : JsonSerializerContext;
