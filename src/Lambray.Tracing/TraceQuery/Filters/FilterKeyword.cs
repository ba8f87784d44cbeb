namespace Lambray.Tracing.TraceQuery.Filters;

/// <summary>The keywords that stand for one value, as the X-Ray Developer Guide lists them.</summary>
enum FilterKeyword
{
    Ok,
    Error,
    Throttle,
    Fault,
    Partial,
    Inferred,
    First,
    Last,
    Remote,
    Root,
    ResponseTime,
    Duration,
    HttpStatus,
    Index,
    Coverage,
    HttpUrl,
    HttpMethod,
    HttpUserAgent,
    HttpClientIp,
    User,
    Name,
    Type,
    Message,
    AvailabilityZone,
    InstanceId,
    ResourceArn,
}

enum FilterKeywordKind
{
    Flag,
    Number,
    Text,
}

/// <summary>What an expression, or a part of one between braces, is about.</summary>
[Flags]
enum FilterScope
{
    Trace = 1,
    Service = 2,
    Edge = 4,
    CauseService = 8,
    CauseEntity = 16,

    /// <summary>An entity of a response time root cause, which alone has a coverage.</summary>
    CoveredEntity = 32,
    CauseException = 64,
}
