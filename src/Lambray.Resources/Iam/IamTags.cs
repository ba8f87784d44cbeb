using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>Tags that are added to what is there.</summary>
static class IamTags
{
    /// <exception cref="Aws.AwsException">InvalidInput or ValidationError for tags out of order, LimitExceeded for too many.</exception>
    public static void Add(SqliteConnection connection, EntityKind kind, string name, IReadOnlyList<Tag> tags)
    {
        IamNames.CheckTags(tags);
        TagRows.Put(connection, kind, name, tags);
        if (TagRows.List(connection, kind, name).Count > IamQuotas.TagsMax) throw IamErrors.LimitExceeded($"The number of tags has reached the maximum limit of {IamQuotas.TagsMax}.");
    }
}
