using Lambray.Aws;
using Lambray.Resources.Sns;
using Lambray.Resources.Sns.Delivery;
using Lambray.Server.AwsFront.Downstream;
using Lambray.Server.AwsFront.Forwarding;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Sns;

/// <summary>The door of SNS: topics, subscriptions and messages over the query protocol, and the certificate that signatures are checked by.</summary>
public static class SnsDoor
{
    internal static readonly QueryService Service = new("SNS", "http://sns.amazonaws.com/doc/2010-03-31/", new Dictionary<string, RequestDelegate>
    {
        ["CreateTopic"] = TopicOperations.CreateTopic,
        ["DeleteTopic"] = TopicOperations.DeleteTopic,
        ["ListTopics"] = TopicOperations.ListTopics,
        ["GetTopicAttributes"] = TopicOperations.GetTopicAttributes,
        ["SetTopicAttributes"] = TopicOperations.SetTopicAttributes,
        ["AddPermission"] = TopicPolicyOperations.AddPermission,
        ["RemovePermission"] = TopicPolicyOperations.RemovePermission,
        ["PutDataProtectionPolicy"] = TopicPolicyOperations.PutDataProtectionPolicy,
        ["GetDataProtectionPolicy"] = TopicPolicyOperations.GetDataProtectionPolicy,
        ["TagResource"] = TopicTagOperations.TagResource,
        ["UntagResource"] = TopicTagOperations.UntagResource,
        ["ListTagsForResource"] = TopicTagOperations.ListTagsForResource,
        ["Subscribe"] = SubscriptionOperations.Subscribe,
        ["ConfirmSubscription"] = SubscriptionOperations.ConfirmSubscription,
        ["Unsubscribe"] = SubscriptionOperations.Unsubscribe,
        ["ListSubscriptions"] = SubscriptionOperations.ListSubscriptions,
        ["ListSubscriptionsByTopic"] = SubscriptionOperations.ListSubscriptionsByTopic,
        ["GetSubscriptionAttributes"] = SubscriptionOperations.GetSubscriptionAttributes,
        ["SetSubscriptionAttributes"] = SubscriptionOperations.SetSubscriptionAttributes,
        ["Publish"] = PublishOperations.Publish,
        ["PublishBatch"] = PublishOperations.PublishBatch,
    });

    public static readonly ServiceFront Front =
        new(AwsService.Sns, Map, Service.WriteError, QueryService.RequestBytesMax, OperationOf: _ => null)
        {
            Downstream = new DownstreamForm("SNS", Describe),
            Forwarding = ServiceForwarding.Of("sns", "sns"),
        };

    internal static TopicDirectory Topics(HttpContext http) => http.RequestServices.GetRequiredService<TopicDirectory>();

    internal static AwsHome Home(HttpContext http) => http.RequestServices.GetRequiredService<AwsHome>();

    /// <summary>Where this caller has reached the server; links in messages lead there.</summary>
    internal static string ServerOf(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}";

    static void Map(IEndpointRouteBuilder routes)
    {
        routes.Map("/", Service.Serve);
        routes.MapGet("/{certificate}", ServeCertificate);
    }

    static async Task ServeCertificate(HttpContext http)
    {
        var signing = http.RequestServices.GetRequiredService<NotificationSigning>();
        if ((string?)http.GetRouteValue("certificate") != signing.CertificateName) throw SnsErrors.NotFound("Certificate");
        http.Response.ContentType = "application/x-pem-file";
        await http.Response.WriteAsync(signing.Certificate, http.RequestAborted);
    }

    // As the X-Ray SDKs record these calls.
    static DownstreamDescription Describe(HttpContext http)
    {
        var request = http.Features.Get<QueryRequest>();
        return new DownstreamDescription(request?.Action, ("topic_arn", request?.Find("TopicArn") ?? request?.Find("TargetArn")));
    }
}
