using System.Text.RegularExpressions;
using Lambray.Aws;
using Lambray.Resources.Sqs;

namespace Lambray.Resources.Sns;

/// <summary>What can subscribe to a topic ("Subscribe" in the API reference).</summary>
static partial class SubscriptionEndpoint
{
    static readonly HashSet<string> Protocols = ["http", "https", "email", "email-json", "sms", "sqs", "application", "lambda", "firehose"];

    /// <summary>Whether its recipient has to agree.</summary>
    public static bool IsAsked(string protocol) => protocol is "http" or "https" or "email" or "email-json";

    /// <exception cref="AwsException">InvalidParameter.</exception>
    public static void Require(Topic topic, string? protocol, string? endpoint)
    {
        if (protocol is null || !Protocols.Contains(protocol)) throw SnsErrors.Invalid($"Does not support this protocol string: {protocol}");
        if (string.IsNullOrEmpty(endpoint)) throw SnsErrors.Invalid("Endpoint");
        if (topic.IsFifo && protocol != "sqs") throw SnsErrors.Invalid("Invalid protocol type: " + protocol);
        switch (protocol)
        {
            case "sqs" when !Arn.TryParse(endpoint, out var queue) || queue.Service != "sqs":
                throw SnsErrors.Invalid("SQS endpoint ARN");
            case "sqs" when endpoint.EndsWith(QueueNames.FifoSuffix, StringComparison.Ordinal) && !topic.IsFifo:
                throw SnsErrors.Invalid("Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics");
            case "lambda" when !Arn.TryParse(endpoint, out var function) || function.Service != "lambda":
                throw SnsErrors.Invalid("Lambda endpoint ARN");
            case "firehose" when !Arn.TryParse(endpoint, out var stream) || stream.Service != "firehose":
                throw SnsErrors.Invalid("Firehose endpoint ARN");
            case "application" when !Arn.TryParse(endpoint, out var application) || application.Service != "sns":
                throw SnsErrors.Invalid("ApplicationEndpoint endpoint ARN");
            case "http" or "https" when !Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme != protocol:
                throw SnsErrors.Invalid("Endpoint must match the specified protocol");
            case "email" or "email-json" when !endpoint.Contains('@'):
                throw SnsErrors.Invalid("Email address");
            case "sms" when !Phone().IsMatch(endpoint):
                throw SnsErrors.Invalid($"SMS endpoint: {endpoint}");
        }
    }

    [GeneratedRegex(@"^\+?[0-9\-./ ]{3,20}\z")]
    private static partial Regex Phone();
}
