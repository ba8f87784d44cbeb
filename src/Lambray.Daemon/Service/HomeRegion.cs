using System.Text.Json;
using Lambray.Aws;
using Lambray.Daemon.Configuration;
using Lambray.Daemon.Credentials;

namespace Lambray.Daemon.Service;

/// <summary>Which region the daemon sends to, when neither flag nor file nor <c>AWS_REGION</c> says it.</summary>
static class HomeRegion
{
    /// <exception cref="ConfigurationException">Nobody knows.</exception>
    public static async Task<string> FindAsync(DaemonConfig config, Func<string, string?> variable, InstanceMetadata? metadata, CancellationToken cancellation) =>
        config.Region
        ?? variable("AWS_DEFAULT_REGION")
        ?? OfTask(variable)
        ?? (metadata is null ? null : await metadata.FindAsync("placement/region", cancellation))
        ?? OfProfile(variable)
        // The region is only part of the signature then, and any other server takes it as it is.
        ?? (config.Endpoint is null ? null : AwsHome.DefaultRegion)
        ?? throw new ConfigurationException(
            "Cannot fetch region variable from config file, environment variables, ecs metadata, or ec2 metadata; name one with -n REGION or AWS_REGION", ConfigurationException.BadFile);

    // "Amazon ECS container metadata file" in the ECS Developer Guide.
    static string? OfTask(Func<string, string?> variable)
    {
        if (!string.Equals(variable("ECS_ENABLE_CONTAINER_METADATA"), "true", StringComparison.OrdinalIgnoreCase)) return null;
        if (variable("ECS_CONTAINER_METADATA_FILE") is not { } file) return null;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            return json.RootElement.GetProperty("TaskARN").GetString()?.Split(':') is [_, _, _, { Length: > 0 } region, ..] ? region : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ConfigurationException($"ECS_CONTAINER_METADATA_FILE: {file} cannot be read: {error.Message}", ConfigurationException.BadFile, error);
        }
    }

    static string? OfProfile(Func<string, string?> variable)
    {
        var files = SharedFiles.Read(variable);
        return files.Find(files.Profile, "region");
    }
}
