namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>What the isolation of environments is to be like, and what it has to work with.</summary>
/// <param name="Directory">Where environments keep their files; leftovers of a crash are removed.</param>
/// <param name="Vacant">Where sandboxes that are made ahead keep theirs.</param>
/// <param name="Volumes">Where their disks are mounted, seen by the server alone.</param>
/// <param name="SearchPath">Folders with programs, as in <c>PATH</c>.</param>
/// <param name="AwsPort">The port of the AWS services inside a sandbox.</param>
/// <param name="AwsEndpoint">Their URL where functions share the host's network.</param>
/// <param name="HostPorts">Ports of the host's loopback that sandboxes may reach, at the same ports of their own.</param>
public sealed record IsolationConfig(
    string Directory, string Vacant, string Volumes, string? SearchPath, int AwsPort, Func<string> AwsEndpoint, NetworkAccess Network, IReadOnlyList<int> HostPorts);

/// <summary>Whether functions reach what is outside this machine, as they do in AWS without a VPC.</summary>
public enum NetworkAccess
{
    Open,

    /// <summary>They reach this server and nothing else.</summary>
    Closed,
}
