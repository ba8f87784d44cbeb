using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>What makes two segments the work of one service: a node of the service map.</summary>
public sealed record ServiceId(string Name, string? Type, string? AccountId = null)
{
    /// <summary>The type of whoever called the root: one node in front of each root, with the root's name.</summary>
    public const string ClientType = "client";

    /// <summary>The type of an HTTP service that sends no segments.</summary>
    public const string RemoteType = "remote";

    public static ServiceId Of(Segment segment) =>
        segment.Inferred ? DownstreamService.Node(segment) : new ServiceId(segment.Name, segment.Origin, segment.AccountId());

    public static ServiceId ClientOf(Segment root) => new(root.Name, ClientType);
}
