namespace Lambray.Tracing;

/// <summary>What makes two segments the work of one service: a node of the service map.</summary>
public sealed record ServiceId(string Name, string? Type, string? AccountId = null)
{
    /// <summary>The type of whoever called the root: one node in front of each root, with the root's name.</summary>
    public const string ClientType = "client";

    /// <summary>The type of an HTTP service that sends no segments.</summary>
    public const string RemoteType = "remote";
}
