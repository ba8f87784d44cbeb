using System.Text.Json;

namespace Lambray.Resources.Sns;

/// <summary>How often and with which waits a delivery is tried again ("Amazon SNS message delivery retries").</summary>
/// <remarks>Four phases one behind the other: at once, with the shortest wait, with waits that grow, with the longest wait.</remarks>
public sealed record DeliveryPolicy(
    int Retries, TimeSpan ShortestWait, TimeSpan LongestWait, int WithoutWait, int WithShortestWait, int WithLongestWait, string Backoff)
{
    /// <summary>What the API shows for topics without one.</summary>
    public const string Default =
        """{"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":20,"maxDelayTarget":20,"numRetries":3,"numMaxDelayRetries":0,"numNoDelayRetries":0,"numMinDelayRetries":0,"backoffFunction":"linear"},"disableSubscriptionOverrides":false,"defaultRequestPolicy":{"headerContentType":"text/plain; charset=UTF-8"}}}""";

    /// <summary>Of web servers, unless the topic or the subscription says otherwise.</summary>
    public static readonly DeliveryPolicy Http = new(3, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20), 0, 0, 0, "linear");

    /// <summary>Of AWS's own services: for 23 days.</summary>
    public static readonly DeliveryPolicy Service = new(100_015, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20), 3, 2, 100_000, "exponential");

    const int RetriesMax = 100;
    const int WaitSecondsMax = 3_600;

    /// <param name="failed">How many deliveries have failed, at least one.</param>
    /// <returns>How long to wait for the next one; null when there is none.</returns>
    public TimeSpan? WaitAfter(int failed)
    {
        if (failed > Retries) return null;
        var growing = Math.Max(0, Retries - WithoutWait - WithShortestWait - WithLongestWait);
        var at = failed - 1;
        if (at < WithoutWait) return TimeSpan.Zero;
        at -= WithoutWait;
        if (at < WithShortestWait) return ShortestWait;
        at -= WithShortestWait;
        return at >= growing ? LongestWait : ShortestWait + ((LongestWait - ShortestWait) * Share(at + 1, growing));
    }

    /// <exception cref="Aws.AwsException">InvalidParameter.</exception>
    /// <returns>Null for a policy that says nothing of retries.</returns>
    public static DeliveryPolicy? Parse(string json, string parameter)
    {
        try
        {
            var root = JsonElement.Parse(json);
            if (root.ValueKind != JsonValueKind.Object) throw SnsErrors.Invalid($"{parameter} Reason: DeliveryPolicy: must be an object");
            // A topic's stands beneath the protocol, a subscription's alone.
            if (!(root.TryGetProperty("http", out var http) ? http : root).TryGetProperty(http.ValueKind == JsonValueKind.Object ? "defaultHealthyRetryPolicy" : "healthyRetryPolicy", out var retry)
                || retry.ValueKind != JsonValueKind.Object) return null;
            var policy = new DeliveryPolicy(
                Number(retry, "numRetries", 3, RetriesMax), TimeSpan.FromSeconds(Number(retry, "minDelayTarget", 20, WaitSecondsMax)),
                TimeSpan.FromSeconds(Number(retry, "maxDelayTarget", 20, WaitSecondsMax)), Number(retry, "numNoDelayRetries", 0, RetriesMax), Number(retry, "numMinDelayRetries", 0, RetriesMax),
                Number(retry, "numMaxDelayRetries", 0, RetriesMax), retry.TryGetProperty("backoffFunction", out var backoff) ? backoff.GetString() ?? "" : "linear");
            if (policy.ShortestWait > policy.LongestWait) throw SnsErrors.Invalid($"{parameter} Reason: DeliveryPolicy: maxDelayTarget must be greater than or equal to minDelayTarget");
            if (policy.Backoff is not ("linear" or "arithmetic" or "geometric" or "exponential")) throw SnsErrors.Invalid($"{parameter} Reason: DeliveryPolicy: unknown backoffFunction");
            return policy;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw SnsErrors.Invalid($"{parameter} Reason: DeliveryPolicy: failed to parse JSON.");
        }

        int Number(JsonElement retry, string name, int otherwise, int most)
        {
            if (!retry.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return otherwise;
            var number = value.GetInt32();
            return number >= 0 && number <= most ? number : throw SnsErrors.Invalid($"{parameter} Reason: DeliveryPolicy: {name} must be less than or equal to {most}");
        }
    }

    double Share(int step, int steps)
    {
        var share = (double)step / steps;
        return Backoff switch
        {
            "arithmetic" => share * (step + 1) / (steps + 1),
            "geometric" => share * share,
            "exponential" => (Math.Pow(2, step) - 1) / (Math.Pow(2, steps) - 1),
            _ => share,
        };
    }
}
