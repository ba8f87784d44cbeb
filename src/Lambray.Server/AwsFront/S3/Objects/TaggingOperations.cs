using System.Xml.Linq;
using Lambray.Resources.S3;
using Lambray.Resources.S3.Notifications;
using Microsoft.AspNetCore.WebUtilities;

namespace Lambray.Server.AwsFront.S3.Objects;

/// <summary>PutObjectTagging, GetObjectTagging, DeleteObjectTagging, and tags in headers.</summary>
static class TaggingOperations
{
    public static async Task PutObjectTagging(HttpContext http)
    {
        var tags = ObjectTags.ForObject(Read(await http.ReadXml("Tagging")));
        http.WriteVersion(await Change(http, tags, ObjectEvent.TagsPut));
    }

    public static Task GetObjectTagging(HttpContext http)
    {
        var (bucket, key) = http.GetS3Target();
        var stored = http.Service<ObjectStore>().GetObject(bucket, key, http.VersionId());
        http.WriteVersion(stored);
        return http.WriteXml(Write(stored.Tags));
    }

    public static async Task DeleteObjectTagging(HttpContext http)
    {
        http.WriteVersion(await Change(http, ObjectTags.None, ObjectEvent.TagsDeleted));
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Tags of <c>x-amz-tagging</c>: <c>colour=blue&amp;shape=round</c>.</summary>
    /// <exception cref="Aws.AwsException">As <see cref="ObjectTags.ForObject"/>.</exception>
    public static ObjectTags ReadHeader(IHeaderDictionary headers)
    {
        if (headers["x-amz-tagging"].FirstOrDefault() is not { Length: > 0 } header) return ObjectTags.None;
        return ObjectTags.ForObject(QueryHelpers.ParseQuery(header).SelectMany(pair => pair.Value, (pair, value) => (pair.Key, value ?? "")));
    }

    /// <exception cref="Aws.AwsException">MalformedXML.</exception>
    public static IEnumerable<(string, string)> Read(XElement tagging) =>
        (tagging.Child("TagSet") ?? throw S3Xml.Malformed()).Children("Tag").Select(tag => (tag.RequireText("Key"), tag.RequireText("Value")));

    public static XElement Write(ObjectTags tags) => S3Xml.Element("Tagging", S3Xml.Element("TagSet", [.. tags.All.Select(tag =>
        S3Xml.Element("Tag", S3Xml.Element("Key", tag.Key), S3Xml.Element("Value", tag.Value)))]));

    static Task<StoredObject> Change(HttpContext http, ObjectTags tags, string eventName)
    {
        var (bucket, key) = http.GetS3Target();
        return http.Service<ObjectStore>().AlterObject(bucket, key, http.VersionId(), (_, stored) => stored with { Tags = tags }, http.Origin(), eventName);
    }
}
