using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Lambray.Tracing.Segments;

/// <summary>The known fields of a segment or subsegment as they stand in its JSON, found in one walk; one that is absent is undefined.</summary>
/// <remarks>Of a field that is there twice the last counts, as with a lookup by name, which would walk over all fields for each.</remarks>
struct EntityFields
{
    public JsonElement Id;
    public JsonElement TraceId;
    public JsonElement ParentId;
    public JsonElement Type;
    public JsonElement Name;
    public JsonElement StartTime;
    public JsonElement EndTime;
    public JsonElement InProgress;
    public JsonElement Subsegments;
    public JsonElement Http;
    public JsonElement Traced;
    public JsonElement Aws;
    public JsonElement Error;
    public JsonElement Throttle;
    public JsonElement Fault;
    public JsonElement Cause;
    public JsonElement Annotations;
    public JsonElement Metadata;
    public JsonElement Sql;
    public JsonElement Namespace;
    public JsonElement PrecursorIds;
    public JsonElement Origin;
    public JsonElement ResourceArn;
    public JsonElement User;
    public JsonElement Service;
    public JsonElement Links;
    public JsonElement Inferred;

    public static EntityFields Of(JsonElement json)
    {
        var fields = new EntityFields();
        foreach (var property in json.EnumerateObject()) fields.Set(NameOf(property), property.Value);
        return fields;
    }

    /// <summary>As it is written, unless that is in escapes.</summary>
    public static ReadOnlySpan<byte> NameOf(JsonProperty property)
    {
        var name = JsonMarshal.GetRawUtf8PropertyName(property);
        return name.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(property.Name) : name;
    }

    // By length first: no name is compared with more than four others.
    void Set(ReadOnlySpan<byte> name, JsonElement value)
    {
        switch (name.Length)
        {
            case 2:
                if (name.SequenceEqual("id"u8)) Id = value;
                break;
            case 3:
                if (name.SequenceEqual("aws"u8)) Aws = value;
                else if (name.SequenceEqual("sql"u8)) Sql = value;
                break;
            case 4:
                if (name.SequenceEqual("name"u8)) Name = value;
                else if (name.SequenceEqual("http"u8)) Http = value;
                else if (name.SequenceEqual("type"u8)) Type = value;
                else if (name.SequenceEqual("user"u8)) User = value;
                break;
            case 5:
                if (name.SequenceEqual("error"u8)) Error = value;
                else if (name.SequenceEqual("fault"u8)) Fault = value;
                else if (name.SequenceEqual("cause"u8)) Cause = value;
                else if (name.SequenceEqual("links"u8)) Links = value;
                break;
            case 6:
                if (name.SequenceEqual("origin"u8)) Origin = value;
                else if (name.SequenceEqual("traced"u8)) Traced = value;
                break;
            case 7:
                if (name.SequenceEqual("service"u8)) Service = value;
                break;
            case 8:
                SetOfEight(name, value);
                break;
            case 9:
                if (name.SequenceEqual("parent_id"u8)) ParentId = value;
                else if (name.SequenceEqual("namespace"u8)) Namespace = value;
                break;
            case 10:
                if (name.SequenceEqual("start_time"u8)) StartTime = value;
                break;
            case 11:
                if (name.SequenceEqual("subsegments"u8)) Subsegments = value;
                else if (name.SequenceEqual("annotations"u8)) Annotations = value;
                else if (name.SequenceEqual("in_progress"u8)) InProgress = value;
                break;
            case 12:
                if (name.SequenceEqual("resource_arn"u8)) ResourceArn = value;
                break;
            case 13:
                if (name.SequenceEqual("precursor_ids"u8)) PrecursorIds = value;
                break;
        }
    }

    void SetOfEight(ReadOnlySpan<byte> name, JsonElement value)
    {
        if (name.SequenceEqual("end_time"u8)) EndTime = value;
        else if (name.SequenceEqual("trace_id"u8)) TraceId = value;
        else if (name.SequenceEqual("metadata"u8)) Metadata = value;
        else if (name.SequenceEqual("throttle"u8)) Throttle = value;
        else if (name.SequenceEqual("inferred"u8)) Inferred = value;
    }
}
