using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Resources.Kinesis;
using Lambray.Server.AwsFront.Kinesis;

namespace Lambray.Server.AwsFront.Authorization;

/// <summary>Permissions of Kinesis's operations, where a stream's own policy has a say too.</summary>
static class KinesisPermissions
{
    public static IEnumerable<Permission> Of(HttpContext http, string operation, IReadOnlyDictionary<string, string> fields, AwsHome home)
    {
        // A consumer is a resource of its own.
        var arn = fields.GetValueOrDefault("ConsumerARN") ?? fields.GetValueOrDefault("ResourceARN") ?? fields.GetValueOrDefault("StreamARN");
        var name = fields.GetValueOrDefault("StreamName") ?? Carried(fields);
        arn ??= name is null ? null : home.Regional("kinesis", $"stream/{name}").ToString();
        if (arn is null) return [new Permission($"kinesis:{operation}")];
        // What the operation will read is what is asked for, whatever else the request says.
        var permission = new Permission($"kinesis:{operation}", arn) { Policy = PolicyOf(http, arn, home) };
        return name is not null && home.Regional("kinesis", $"stream/{name}").ToString() is var named && named != arn
            ? [permission, new Permission($"kinesis:{operation}", named) { Policy = PolicyOf(http, named, home) }]
            : [permission];
    }

    // Iterators and tokens know their stream.
    static string? Carried(IReadOnlyDictionary<string, string> fields) =>
        (fields.GetValueOrDefault("ShardIterator") ?? fields.GetValueOrDefault("NextToken")) is { } token ? ListToken.Parse(token)?.Stream : null;

    static ResourcePolicy? PolicyOf(HttpContext http, string text, AwsHome home)
    {
        if (!Arn.TryParse(text, out var arn) || http.RequestServices.GetRequiredService<DataStreams>().Find(arn)?.Model is not { } stream) return null;
        var policy = stream.Arn(home) == arn ? stream.Policy : stream.Consumers.FirstOrDefault(consumer => consumer.Arn(stream, home) == text)?.Policy;
        return policy is null ? null : ResourcePolicy.Parse(policy);
    }
}
