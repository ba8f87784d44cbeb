using Lambray.Aws.Signing;

namespace Lambray.Server.AwsFront.Forwarding;

/// <summary>How a service is passed on when an existing server stands in its place.</summary>
/// <param name="Name">What settings call the service: <c>services: { sqs: { endpoint: … } }</c>.</param>
/// <param name="To">Serves every request of the service by asking that server.</param>
public sealed record ForwardingForm(string Name, Func<ForwardTarget, TimeProvider, RequestDelegate> To)
{
    /// <summary>The front of a service, behind which is the other server.</summary>
    public ServiceFront Front(ServiceFront own, ForwardTarget target, TimeProvider time)
    {
        var serve = To(target, time);
        return own with { Map = routes => routes.Map("/{**path}", serve) };
    }
}

/// <summary>An existing server in place of a service of ours.</summary>
/// <param name="Credentials">Its own, which requests are signed with anew; null sends them unsigned.</param>
/// <param name="Region">What it calls its region.</param>
public sealed record ForwardTarget(Uri Endpoint, AwsCredentials? Credentials, string Region);
