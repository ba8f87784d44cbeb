using System.Xml.Linq;
using Lambray.Resources.Sns;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Sns;

/// <summary>Subscribe, ConfirmSubscription, Unsubscribe, and what subscriptions show.</summary>
static class SubscriptionOperations
{
    public static async Task Subscribe(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var subscription = await SnsDoor.Topics(http).SubscribeAsync(
            request.Find("TopicArn"), request.Find("Protocol"), request.Find("Endpoint"), request.Map("Attributes"), SnsDoor.ServerOf(http));
        var isShown = subscription.IsConfirmed || request.Find("ReturnSubscriptionArn") == "true";
        await SnsDoor.Service.WriteAnswer(http, new XElement("SubscriptionArn", isShown ? ArnOf(http, subscription) : "pending confirmation"));
    }

    public static async Task ConfirmSubscription(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var subscription = await SnsDoor.Topics(http).ConfirmAsync(request.Find("TopicArn"), request.Find("Token"), request.Find("AuthenticateOnUnsubscribe") == "true");
        await SnsDoor.Service.WriteAnswer(http, new XElement("SubscriptionArn", ArnOf(http, subscription)));
    }

    public static async Task Unsubscribe(HttpContext http)
    {
        await SnsDoor.Topics(http).UnsubscribeAsync(http.GetQueryRequest().Find("SubscriptionArn"), isOwner: AwsCall.Of(http).Scope is not null);
        await SnsDoor.Service.WriteAnswer(http);
    }

    public static Task ListSubscriptions(HttpContext http) => WriteList(http, SnsDoor.Topics(http).Subscriptions);

    public static Task ListSubscriptionsByTopic(HttpContext http)
    {
        var topics = SnsDoor.Topics(http);
        return WriteList(http, topics.SubscriptionsOf(topics.Get(http.GetQueryRequest().Find("TopicArn"))));
    }

    public static Task GetSubscriptionAttributes(HttpContext http)
    {
        var subscription = SnsDoor.Topics(http).GetSubscription(http.GetQueryRequest().Find("SubscriptionArn"));
        var home = SnsDoor.Home(http);
        Dictionary<string, string> shown = new()
        {
            ["SubscriptionArn"] = ArnOf(http, subscription),
            ["TopicArn"] = home.Regional("sns", subscription.Topic).ToString(),
            ["Owner"] = home.AccountId,
            ["Protocol"] = subscription.Protocol,
            ["Endpoint"] = subscription.Endpoint,
            ["PendingConfirmation"] = subscription.IsConfirmed ? "false" : "true",
            ["ConfirmationWasAuthenticated"] = subscription.NeedsOwner || !IsAsked(subscription) ? "true" : "false",
            ["RawMessageDelivery"] = "false",
            ["SubscriptionPrincipal"] = $"arn:aws:iam::{home.AccountId}:root",
        };
        foreach (var (name, value) in subscription.Attributes) shown[name] = value;
        if (subscription.Protocol is "http" or "https")
            shown["EffectiveDeliveryPolicy"] = subscription.Attributes.GetValueOrDefault(SubscriptionAttributes.DeliveryPolicy) ?? DeliveryPolicy.Default;
        return SnsDoor.Service.WriteAnswer(http, SnsPage.Map("Attributes", shown));
    }

    public static async Task SetSubscriptionAttributes(HttpContext http)
    {
        var request = http.GetQueryRequest();
        await SnsDoor.Topics(http).ChangeSubscriptionAsync(request.Find("SubscriptionArn"), request.Find("AttributeName"), request.Find("AttributeValue"));
        await SnsDoor.Service.WriteAnswer(http);
    }

    static Task WriteList(HttpContext http, IEnumerable<Subscription> subscriptions) => SnsDoor.Service.WriteAnswer(http, SnsPage.Of(
        subscriptions.OrderBy(KeyOf, StringComparer.Ordinal), KeyOf, http.GetQueryRequest().Find("NextToken"), "Subscriptions", subscription => new XElement(
            "member",
            new XElement("SubscriptionArn", subscription.IsConfirmed ? ArnOf(http, subscription) : Subscription.Pending),
            new XElement("Owner", SnsDoor.Home(http).AccountId), new XElement("Protocol", subscription.Protocol), new XElement("Endpoint", subscription.Endpoint),
            new XElement("TopicArn", SnsDoor.Home(http).Regional("sns", subscription.Topic).ToString()))));

    static string KeyOf(Subscription subscription) => $"{subscription.Topic}:{subscription.Id}";

    static string ArnOf(HttpContext http, Subscription subscription) => subscription.Arn(SnsDoor.Home(http)).ToString();

    static bool IsAsked(Subscription subscription) => subscription.Protocol is "http" or "https" or "email" or "email-json";
}
