using System.Globalization;
using System.Xml.Linq;
using Lambray.Resources.Sns;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Sns;

/// <summary>CreateTopic, DeleteTopic, ListTopics, GetTopicAttributes, SetTopicAttributes.</summary>
static class TopicOperations
{
    public static async Task CreateTopic(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var tags = request.Tags();
        TopicTagOperations.Check(tags);
        var topic = await SnsDoor.Topics(http).CreateAsync(request.Find("Name"), request.Map("Attributes"), tags, request.Find("DataProtectionPolicy"));
        await SnsDoor.Service.WriteAnswer(http, new XElement("TopicArn", topic.Arn(SnsDoor.Home(http)).ToString()));
    }

    public static async Task DeleteTopic(HttpContext http)
    {
        await SnsDoor.Topics(http).DeleteAsync(http.GetQueryRequest().Find("TopicArn"));
        await SnsDoor.Service.WriteAnswer(http);
    }

    public static Task ListTopics(HttpContext http) => SnsDoor.Service.WriteAnswer(http, SnsPage.Of(
        SnsDoor.Topics(http).Topics, topic => topic.Name, http.GetQueryRequest().Find("NextToken"), "Topics",
        topic => new XElement("member", new XElement("TopicArn", topic.Arn(SnsDoor.Home(http)).ToString()))));

    public static Task GetTopicAttributes(HttpContext http)
    {
        var topic = SnsDoor.Topics(http).Get(http.GetQueryRequest().Find("TopicArn"));
        var shown = TopicAttributes.Shown(topic, SnsDoor.Home(http));
        var subscriptions = SnsDoor.Topics(http).SubscriptionsOf(topic).ToArray();
        shown["SubscriptionsConfirmed"] = Count(subscriptions, isConfirmed: true);
        shown["SubscriptionsPending"] = Count(subscriptions, isConfirmed: false);
        shown["SubscriptionsDeleted"] = "0";
        return SnsDoor.Service.WriteAnswer(http, SnsPage.Map("Attributes", shown));
    }

    public static async Task SetTopicAttributes(HttpContext http)
    {
        var request = http.GetQueryRequest();
        await SnsDoor.Topics(http).ChangeAsync(request.Find("TopicArn"), topic => topic with
        {
            Attributes = TopicAttributes.Change(topic, request.Find("AttributeName"), request.Find("AttributeValue")),
        });
        await SnsDoor.Service.WriteAnswer(http);
    }

    static string Count(Subscription[] subscriptions, bool isConfirmed) =>
        subscriptions.Count(subscription => subscription.IsConfirmed == isConfirmed).ToString(CultureInfo.InvariantCulture);
}
