namespace Lambray.Tracing.TraceQuery.Rows;

[Flags]
enum TraceFlags : byte
{
    Error = 1,
    Fault = 2,
    Throttle = 4,
    Partial = 8,
}

[Flags]
enum HttpFields : byte
{
    Any = 1,
    Status = 2,

    /// <summary>URL, method, user agent and client address, each of which may still be none.</summary>
    Request = 4,
}

[Flags]
enum SegmentFields : byte
{
    Place = 1,
    Messages = 2,
}

[Flags]
enum EntityFields : byte
{
    Remote = 1,
    Coverage = 2,
}

enum ValueForm : byte
{
    Text,
    Number,
    True,
    False,
}
