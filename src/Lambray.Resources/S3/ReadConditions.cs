namespace Lambray.Resources.S3;

/// <summary>The conditions that a reader sets: by entity tag, which wins, or by date.</summary>
public sealed record ReadConditions(
    string? IfMatch = null, string? IfNoneMatch = null, DateTimeOffset? IfModifiedSince = null, DateTimeOffset? IfUnmodifiedSince = null)
{
    public ReadOutcome Judge(StoredObject stored)
    {
        if (IfMatch is not null ? !AnyMatches(IfMatch, stored.ETag) : stored.LastModified > IfUnmodifiedSince) return ReadOutcome.PreconditionFailed;
        if (IfNoneMatch is not null ? AnyMatches(IfNoneMatch, stored.ETag) : stored.LastModified <= IfModifiedSince) return ReadOutcome.NotModified;
        return ReadOutcome.Deliver;
    }

    static bool AnyMatches(string tags, string tag) =>
        tags.Split(',', StringSplitOptions.TrimEntries).Any(wanted => EntityTag.Matches(wanted, tag));
}

/// <summary>What a reader's conditions come to.</summary>
public enum ReadOutcome
{
    Deliver,
    NotModified,
    PreconditionFailed,
}
