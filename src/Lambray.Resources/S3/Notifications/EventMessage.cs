using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lambray.Resources.S3.Notifications;

/// <summary>What targets are sent ("Event message structure" in the S3 User Guide).</summary>
public static class EventMessage
{
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The message of a notification rule.</summary>
    internal static byte[] Of(ObjectEvent happened, string configurationId) => Write(json =>
    {
        json.WriteStartArray("Records");
        json.WriteStartObject();
        // Version 2.3 came with the later kinds of events; the others stayed what they were.
        json.WriteString("eventVersion", happened.Name is ObjectEvent.TagsPut or ObjectEvent.TagsDeleted or ObjectEvent.AccessControlPut ? "2.3" : "2.1");
        json.WriteString("eventSource", "aws:s3");
        json.WriteString("awsRegion", happened.Bucket.Region);
        json.WriteString("eventTime", Time(happened.At));
        json.WriteString("eventName", happened.Name);
        WriteObject(json, "userIdentity", ("principalId", $"AWS:{happened.Origin.Principal}"));
        WriteObject(json, "requestParameters", ("sourceIPAddress", happened.Origin.SourceIp));
        WriteObject(json, "responseElements", ("x-amz-request-id", happened.Origin.RequestId), ("x-amz-id-2", happened.Origin.HostId));
        WriteSubject(json, happened, configurationId);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    /// <summary>The event of the account's default event bus, with its type and time ("EventBridge event message structure").</summary>
    /// <returns>Null for what EventBridge is not told.</returns>
    internal static byte[]? FindForBus(ObjectEvent happened)
    {
        if (BusKindOf(happened.Name) is not var (type, reason, deletion)) return null;
        var subject = happened.Subject;
        return Write(json =>
        {
            json.WriteString("detail-type", type);
            json.WriteString("time", Time(happened.At));
            json.WriteStartObject("detail");
            json.WriteString("version", "0");
            WriteObject(json, "bucket", ("name", happened.Bucket.Name));
            json.WriteStartObject("object");
            // Unlike in notifications, as it is.
            json.WriteString("key", subject.Key);
            if (type == "Object Created") json.WriteNumber("size", subject.Size);
            if (deletion is null) json.WriteString("etag", subject.ETag.Trim('"'));
            if (happened.Bucket.IsVersioned) json.WriteString("version-id", subject.VersionId);
            if (happened.Sequence is { } sequence) json.WriteString("sequencer", sequence.ToString("X18", CultureInfo.InvariantCulture));
            json.WriteEndObject();
            json.WriteString("request-id", happened.Origin.RequestId);
            json.WriteString("requester", happened.Origin.Principal);
            json.WriteString("source-ip-address", happened.Origin.SourceIp);
            if (reason is not null) json.WriteString("reason", reason);
            if (deletion is not null) json.WriteString("deletion-type", deletion);
            json.WriteEndObject();
        });
    }

    /// <summary>What a target is sent when it begins to be notified.</summary>
    public static byte[] OfTest(Bucket bucket, RequestOrigin origin, DateTimeOffset now) => Write(json =>
    {
        json.WriteString("Service", "Amazon S3");
        json.WriteString("Event", "s3:TestEvent");
        json.WriteString("Time", Time(now));
        json.WriteString("Bucket", bucket.Name);
        json.WriteString("RequestId", origin.RequestId);
        json.WriteString("HostId", origin.HostId);
    });

    static (string Type, string? Reason, string? Deletion)? BusKindOf(string name) => name switch
    {
        ObjectEvent.CreatedByPut => ("Object Created", "PutObject", null),
        ObjectEvent.CreatedByPost => ("Object Created", "POST Object", null),
        ObjectEvent.CreatedByCopy => ("Object Created", "CopyObject", null),
        ObjectEvent.CreatedByUpload => ("Object Created", "CompleteMultipartUpload", null),
        ObjectEvent.Deleted => ("Object Deleted", "DeleteObject", "Permanently Deleted"),
        ObjectEvent.DeleteMarkerCreated => ("Object Deleted", "DeleteObject", "Delete Marker Created"),
        ObjectEvent.TagsPut => ("Object Tags Added", null, null),
        ObjectEvent.TagsDeleted => ("Object Tags Deleted", null, null),
        ObjectEvent.AccessControlPut => ("Object ACL Updated", null, null),
        _ => null,
    };

    static void WriteSubject(Utf8JsonWriter json, ObjectEvent happened, string configurationId)
    {
        var subject = happened.Subject;
        json.WriteStartObject("s3");
        json.WriteString("s3SchemaVersion", "1.0");
        json.WriteString("configurationId", configurationId);
        json.WriteStartObject("bucket");
        json.WriteString("name", happened.Bucket.Name);
        WriteObject(json, "ownerIdentity", ("principalId", happened.Origin.Principal));
        json.WriteString("arn", happened.Bucket.Arn.ToString());
        json.WriteEndObject();
        json.WriteStartObject("object");
        json.WriteString("key", EscapedKey(subject.Key));
        var isGone = happened.Name == ObjectEvent.Deleted;
        if (happened.Name.StartsWith("ObjectCreated", StringComparison.Ordinal)) json.WriteNumber("size", subject.Size);
        if (!isGone) json.WriteString("eTag", subject.ETag.Trim('"'));
        if (happened.Bucket.IsVersioned) json.WriteString("versionId", subject.VersionId);
        // Compared as text, so of one length for ever.
        if (happened.Sequence is { } sequence) json.WriteString("sequencer", sequence.ToString("X18", CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>As forms are encoded: a space is a plus sign. Slashes stay.</summary>
    static string EscapedKey(string key)
    {
        var escaped = new StringBuilder();
        foreach (var one in Encoding.UTF8.GetBytes(key))
        {
            var character = (char)one;
            if (char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_' or '~' or '/' or '*') escaped.Append(character);
            else if (character == ' ') escaped.Append('+');
            else escaped.Append(CultureInfo.InvariantCulture, $"%{one:X2}");
        }
        return escaped.ToString();
    }

    static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    static void WriteObject(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, string Value)> members)
    {
        json.WriteStartObject(name);
        foreach (var (member, value) in members) json.WriteString(member, value);
        json.WriteEndObject();
    }

    static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }
}
