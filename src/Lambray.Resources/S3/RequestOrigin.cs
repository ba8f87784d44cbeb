using Lambray.Tracing.Segments;

namespace Lambray.Resources.S3;

/// <summary>Who asked for a change, as the events that it causes tell it.</summary>
/// <param name="Principal">The AWS-wide unique id of the caller.</param>
/// <param name="Trace">The trace that the request belongs to; empty when it belongs to none.</param>
public sealed record RequestOrigin(string RequestId, string HostId, string SourceIp, string Principal, TraceHeader Trace)
{
    /// <summary>A change that this server makes by itself.</summary>
    public static RequestOrigin Own(string service) => new("", "", service, service, TraceHeader.Parse(null));
}
