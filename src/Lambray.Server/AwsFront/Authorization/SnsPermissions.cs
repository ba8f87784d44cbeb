using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Resources.Sns;

namespace Lambray.Server.AwsFront.Authorization;

/// <summary>Permissions of SNS's operations, where a topic's own policy has a say too ("Actions, resources, and condition keys for Amazon SNS").</summary>
static class SnsPermissions
{
    public static IEnumerable<Permission> Of(HttpContext http, string operation, IReadOnlyDictionary<string, string> fields, AwsHome home)
    {
        // A batch needs what its parts need.
        var action = operation == "PublishBatch" ? "Publish" : operation;
        var topic = TopicOf(operation, fields, home);
        return
        [
            new Permission($"sns:{action}", topic ?? "*")
            {
                Policy = PolicyOf(http, topic),
                Describe = context => context.Set("sns:Protocol", fields.GetValueOrDefault("Protocol")).Set("sns:Endpoint", fields.GetValueOrDefault("Endpoint")),
            },
        ];
    }

    // What is about a subscription, AWS allows for all of them or for none.
    static string? TopicOf(string operation, IReadOnlyDictionary<string, string> fields, AwsHome home) =>
        operation == "CreateTopic" && fields.GetValueOrDefault("Name") is { } name ? home.Regional("sns", name).ToString()
        : fields.GetValueOrDefault("TopicArn") ?? fields.GetValueOrDefault("TargetArn") ?? fields.GetValueOrDefault("ResourceArn");

    static ResourcePolicy? PolicyOf(HttpContext http, string? topic) =>
        Arn.TryParse(topic, out var arn) && http.RequestServices.GetRequiredService<TopicDirectory>().Find(arn)?.Policy is { Length: > 0 } policy ? ResourcePolicy.Parse(policy) : null;
}
