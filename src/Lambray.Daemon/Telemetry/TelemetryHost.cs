using Lambray.Daemon.Credentials;

namespace Lambray.Daemon.Telemetry;

/// <summary>Who reports: the instance and host names of the environment, or those of EC2.</summary>
sealed record TelemetryHost(string? InstanceId, string? Hostname, string? ResourceArn)
{
    public static async Task<TelemetryHost> FindAsync(string? resourceArn, Func<string, string?> variable, InstanceMetadata? metadata, CancellationToken cancellation) => new(
        variable("AWS_INSTANCE_ID") ?? await AskAsync(metadata, "instance-id", cancellation),
        variable("AWS_HOSTNAME") ?? await AskAsync(metadata, "hostname", cancellation),
        resourceArn);

    static Task<string?> AskAsync(InstanceMetadata? metadata, string entry, CancellationToken cancellation) =>
        metadata?.FindAsync(entry, cancellation) ?? Task.FromResult<string?>(null);
}
