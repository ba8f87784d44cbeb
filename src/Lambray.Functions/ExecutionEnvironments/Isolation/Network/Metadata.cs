using System.Net;

namespace Lambray.Functions.ExecutionEnvironments.Isolation.Network;

/// <summary>Where clouds keep what their machines must tell nobody, their credentials above all.</summary>
static class Metadata
{
    public static readonly IReadOnlyList<(IPAddress Address, byte PrefixLength)> Networks =
    [
        // Link-local: AWS, Azure, Google Cloud and most others.
        (IPAddress.Parse("169.254.0.0"), 16),
        // Alibaba Cloud.
        (IPAddress.Parse("100.100.100.200"), 32),
        // Azure's fabric.
        (IPAddress.Parse("168.63.129.16"), 32),
        // Oracle Cloud.
        (IPAddress.Parse("192.0.0.192"), 32),
    ];
}
