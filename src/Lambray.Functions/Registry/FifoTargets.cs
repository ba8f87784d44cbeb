using Lambray.Aws;

namespace Lambray.Functions.Registry;

/// <summary>Queues and topics that keep an order, which Lambda sends nothing to: it knows no message groups ("Capturing records of asynchronous invocations" in the Developer Guide).</summary>
static class FifoTargets
{
    public static bool IsFifo(string? target) => Arn.TryParse(target, out var arn) && arn.Service is "sqs" or "sns" && arn.Resource.EndsWith(".fifo", StringComparison.Ordinal);

    /// <summary>Of a destination.</summary>
    /// <exception cref="AwsException">InvalidParameterValueException.</exception>
    public static void Refuse(string? destination)
    {
        if (IsFifo(destination)) throw LambdaErrors.InvalidParameter($"The destination ARN {destination} is invalid.");
    }
}
