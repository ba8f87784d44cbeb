namespace Lambray.Daemon.Credentials;

/// <summary>What an EC2 instance can learn about itself ("Use IMDSv2" in the EC2 User Guide): each request carries a token that was asked for before.</summary>
/// <remarks>Elsewhere nobody answers at that address, so waiting is bounded, and who has not answered is left alone for a while.</remarks>
sealed class InstanceMetadata(HttpClient http, Uri endpoint, TimeProvider time)
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(5);
    const string TokenSeconds = "21600";

    DateTimeOffset silentUntil = DateTimeOffset.MinValue;

    /// <returns>Null where nothing may be asked: in local mode, or when the environment forbids it.</returns>
    public static InstanceMetadata? Create(HttpClient http, bool isLocal, Func<string, string?> variable, TimeProvider time) =>
        isLocal || string.Equals(variable("AWS_EC2_METADATA_DISABLED"), "true", StringComparison.OrdinalIgnoreCase) ? null
        : new InstanceMetadata(http, new Uri(variable("AWS_EC2_METADATA_SERVICE_ENDPOINT") ?? "http://169.254.169.254"), time);

    /// <summary>An entry, such as <c>placement/region</c>; null when there is none, or this is no instance.</summary>
    public async Task<string?> FindAsync(string entry, CancellationToken cancellation)
    {
        if (time.GetUtcNow() < silentUntil) return null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(endpoint, "/latest/meta-data/" + entry));
            request.Headers.TryAddWithoutValidation("X-aws-ec2-metadata-token", await TokenAsync(limit.Token));
            using var answer = await http.SendAsync(request, limit.Token);
            return answer.IsSuccessStatusCode ? (await answer.Content.ReadAsStringAsync(limit.Token)).Trim() : null;
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested && error is HttpRequestException or OperationCanceledException)
        {
            silentUntil = time.GetUtcNow() + AskAgainAfter;
            return null;
        }
    }

    async Task<string> TokenAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(endpoint, "/latest/api/token"));
        request.Headers.TryAddWithoutValidation("X-aws-ec2-metadata-token-ttl-seconds", TokenSeconds);
        using var answer = await http.SendAsync(request, cancellation);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadAsStringAsync(cancellation)).Trim();
    }
}
