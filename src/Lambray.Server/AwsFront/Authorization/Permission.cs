using Lambray.Resources.Iam;
using Lambray.Resources.Iam.Policies;

namespace Lambray.Server.AwsFront.Authorization;

/// <summary>What a request needs its caller to be allowed ("Actions, resources, and condition keys for AWS services" in the Service Authorization Reference).</summary>
/// <param name="Resource">An ARN, or <c>*</c> where the action has none or the request does not tell.</param>
sealed record Permission(string Action, string Resource = "*")
{
    /// <summary>Of the resource, where it has one.</summary>
    public ResourcePolicy? Policy { get; init; }

    /// <summary>Adds condition keys of the service's own.</summary>
    public Action<RequestContext>? Describe { get; init; }
}
