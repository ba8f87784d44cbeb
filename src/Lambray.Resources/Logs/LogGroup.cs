namespace Lambray.Resources.Logs;

/// <summary>Log streams that share a name's beginning, retention and tags.</summary>
/// <param name="RetentionDays">Null to keep everything.</param>
/// <param name="Class"><c>STANDARD</c>, <c>INFREQUENT_ACCESS</c> or <c>DELIVERY</c>.</param>
/// <param name="IsProtected">Whether it must not be deleted.</param>
/// <param name="StoredBytes">Of the messages in it.</param>
public sealed record LogGroup(string Name, DateTimeOffset Created, int? RetentionDays, string Class, bool IsProtected, IReadOnlyDictionary<string, string> Tags, long StoredBytes)
{
    public const string StandardClass = "STANDARD";

    /// <summary>The number by which the store's other rows name it.</summary>
    internal long Number { get; init; }

    /// <summary>Events from before this are gone.</summary>
    public DateTimeOffset ExpiredBefore(DateTimeOffset now) => RetentionDays is { } days ? now.AddDays(-days) : DateTimeOffset.MinValue;
}

/// <summary>Events of one source; its times are Unix milliseconds, null while there are no events.</summary>
public sealed record LogStream(string Name, DateTimeOffset Created, long? FirstEvent, long? LastEvent, long? LastIngestion)
{
    internal long Number { get; init; }
}
