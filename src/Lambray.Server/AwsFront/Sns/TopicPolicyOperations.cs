using System.Text.Json;
using System.Xml.Linq;
using Lambray.Resources.Sns;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Sns;

/// <summary>AddPermission, RemovePermission, PutDataProtectionPolicy, GetDataProtectionPolicy.</summary>
static class TopicPolicyOperations
{
    const string Policy = "Policy";

    public static Task AddPermission(HttpContext http)
    {
        var request = http.GetQueryRequest();
        return ChangeAsync(http, (policy, arn) => TopicPolicy.Add(policy, arn, request.Find("Label"), request.List("AWSAccountId"), request.List("ActionName")));
    }

    public static Task RemovePermission(HttpContext http)
    {
        var request = http.GetQueryRequest();
        return ChangeAsync(http, (policy, _) => TopicPolicy.Remove(policy, request.Find("Label")));
    }

    public static async Task PutDataProtectionPolicy(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var policy = request.Find("DataProtectionPolicy") ?? "";
        if (policy.Length > 0) Require(policy);
        await SnsDoor.Topics(http).ChangeAsync(request.Find("ResourceArn"), topic => topic with { DataProtection = policy.Length == 0 ? null : policy });
        await SnsDoor.Service.WriteAnswer(http);
    }

    public static Task GetDataProtectionPolicy(HttpContext http) => SnsDoor.Service.WriteAnswer(
        http, new XElement("DataProtectionPolicy", SnsDoor.Topics(http).Get(http.GetQueryRequest().Find("ResourceArn")).DataProtection ?? ""));

    static async Task ChangeAsync(HttpContext http, Func<string, string, string> change)
    {
        var home = SnsDoor.Home(http);
        await SnsDoor.Topics(http).ChangeAsync(http.GetQueryRequest().Find("TopicArn"), topic =>
        {
            var arn = topic.Arn(home).ToString();
            var changed = change(topic.Attributes.GetValueOrDefault(Policy) ?? TopicAttributes.DefaultPolicy(arn, home.AccountId), arn);
            return topic with { Attributes = TopicAttributes.Change(topic, Policy, changed) };
        });
        await SnsDoor.Service.WriteAnswer(http);
    }

    static void Require(string policy)
    {
        try
        {
            if (JsonElement.Parse(policy).ValueKind != JsonValueKind.Object) throw SnsErrors.Invalid("DataProtectionPolicy");
        }
        catch (JsonException)
        {
            throw SnsErrors.Invalid("DataProtectionPolicy");
        }
    }
}
