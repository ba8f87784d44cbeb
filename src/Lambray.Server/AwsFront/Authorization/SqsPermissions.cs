using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Resources.Sqs;

namespace Lambray.Server.AwsFront.Authorization;

/// <summary>Permissions of SQS's operations, where a queue's own policy has a say too.</summary>
static class SqsPermissions
{
    public static IEnumerable<Permission> Of(HttpContext http, string operation, IReadOnlyDictionary<string, string> fields, AwsHome home)
    {
        // A batch needs what its parts need.
        var action = operation.EndsWith("Batch", StringComparison.Ordinal) ? operation[..^"Batch".Length] : operation;
        // In the query protocol a request may go to the queue's own address.
        var url = fields.GetValueOrDefault("QueueUrl") ?? (http.Request.Path.Value is { Length: > 1 } path ? path : null);
        var name = url is null ? fields.GetValueOrDefault("QueueName") : url[(url.LastIndexOf('/') + 1)..];
        if (name is null) return [new Permission($"sqs:{action}", fields.GetValueOrDefault("SourceArn") ?? "*")];
        return [new Permission($"sqs:{action}", home.Regional("sqs", name).ToString()) { Policy = PolicyOf(http, name) }];
    }

    static ResourcePolicy? PolicyOf(HttpContext http, string name) =>
        http.RequestServices.GetRequiredService<QueueDirectory>().Find(name)?.Config.Attributes.GetValueOrDefault(QueueAttributes.Policy) is { Length: > 0 } policy ? ResourcePolicy.Parse(policy) : null;
}
