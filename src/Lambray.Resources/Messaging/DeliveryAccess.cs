using System.Runtime.CompilerServices;
using Lambray.Aws;
using Lambray.Resources.Iam;

namespace Lambray.Resources.Messaging;

/// <summary>Whether queues and topics let other services deliver to them ("Amazon SQS policy examples", "Granting permissions to publish event notification messages").</summary>
/// <remarks>
/// A policy that somebody has written is kept to. AWS refuses also where there is none; here that would stop what was only tried out,
/// so it takes a server that is asked to be strict.
/// </remarks>
/// <param name="isStrict">Whether nobody may deliver where no policy says so.</param>
public sealed class DeliveryAccess(AwsHome home, bool isStrict)
{
    // By the text itself, which lives as long as the resource has it: queues are delivered to often.
    readonly ConditionalWeakTable<string, ResourcePolicy> parsed = [];

    /// <param name="policy">Of the queue or topic; null or empty for none of its own.</param>
    /// <param name="service">Who delivers, such as <c>sns.amazonaws.com</c>.</param>
    /// <param name="source">On behalf of which topic, bucket or rule of this account.</param>
    public bool Allows(string? policy, string service, string action, Arn resource, Arn source) => string.IsNullOrEmpty(policy)
        ? !isStrict
        : parsed.GetValue(policy, ResourcePolicy.Parse).AllowsService(service, action, resource.ToString(), source.ToString(), home.AccountId);
}
